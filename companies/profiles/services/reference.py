"""Loads the lists that come with the portal."""

from __future__ import annotations

from django.db import transaction

from companies.profiles.content.competences import COMPETENCES
from companies.profiles.content.norms import NORMS
from companies.profiles.models import Competence, WorkforceNorm


@transaction.atomic
def load_reference() -> None:
    """Add missing competences and norms; what administrators changed stays as it is."""
    for entry in COMPETENCES:
        fields = entry._asdict()
        Competence.objects.get_or_create(slug=fields.pop("slug"), defaults=fields)
    for norm in NORMS:
        values = norm._asdict()
        WorkforceNorm.objects.get_or_create(valid_from=values.pop("valid_from"), defaults=values)
