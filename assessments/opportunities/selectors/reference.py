"""Reads over reference texts."""

from __future__ import annotations

from assessments.opportunities.models import ReferenceKind, ReferenceText
from portal.common.vocabulary import Opportunity


def reference_texts(opportunity: Opportunity) -> dict[ReferenceKind, list[ReferenceText]]:
    """The texts of one opportunity by kind, in their order; one query."""
    found: dict[ReferenceKind, list[ReferenceText]] = {}
    rows = ReferenceText.objects.filter(opportunity=opportunity).order_by("position", "pk")
    for row in rows:
        found.setdefault(ReferenceKind(row.kind), []).append(row)
    return found
