"""Reads over what imports changed."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from companies.register.models import (
    Establishment,
    EstablishmentActivity,
    RegisterDifference,
    RegisterImport,
)
from portal.common.run_rows import RunStatus

Differences = QuerySet[RegisterDifference]


def imports_with_differences() -> QuerySet[RegisterImport]:
    """Imports that brought the register further, the newest first."""
    return (
        RegisterImport.objects.filter(status=RunStatus.FINISHED, is_dry_run=False)
        .defer("rejects", "incomplete")
        .order_by("-finished_at", "-pk")
    )


def finished_imports() -> QuerySet[RegisterImport]:
    """As above, and trial runs that found nothing wrong."""
    return RegisterImport.objects.filter(status=RunStatus.FINISHED).defer("rejects", "incomplete")


def with_place(differences: Differences) -> Differences:
    """With ``postcode``, ``municipality`` and ``province``; None when it is not in the register."""
    place = Establishment.objects.filter(pk=OuterRef("number"))
    return differences.annotate(
        **{
            field: Subquery(place.values(field)[:1])
            for field in ("postcode", "municipality", "province")
        }
    )


def in_province(differences: Differences, province: str) -> Differences:
    """Of establishments that lie there now."""
    place = Establishment.objects.filter(pk=OuterRef("number"), province=province)
    return differences.filter(Exists(place))


def with_activity(differences: Differences, *, version: str, prefix: str) -> Differences:
    """Of establishments that have an activity now whose code begins so in this version."""
    activity = EstablishmentActivity.objects.filter(
        establishment=OuterRef("number"), version=version, code__startswith=prefix
    )
    return differences.filter(Exists(activity))
