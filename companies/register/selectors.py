"""Reads over the register: look-ups by number, what a search found, postal points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.utils import translation

from companies.register.models import (
    Classification,
    Enterprise,
    EnterpriseActivity,
    Establishment,
    EstablishmentActivity,
    NaceCode,
    PostalPoint,
    RegisterImport,
    WatchedNace,
)
from companies.register.searching.finding import Hit
from portal.common.run_rows import RunStatus
from portal.common.vocabulary import Opportunity

Places = QuerySet[Establishment]
_MAIN_FIRST = Case(
    When(classification=Classification.MAIN, then=Value(0)),
    When(classification=Classification.SECONDARY, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def find_enterprise(number: str) -> Enterprise | None:
    """The enterprise with this ten-digit number, or None; three further queries at most.

    Comes with ``activities`` and with its active ``establishments`` (each with its
    own ``activities``) already fetched. A struck-off enterprise is found too: look
    at ``is_active``.
    """
    establishments = (
        Establishment.objects.filter(is_active=True)
        .order_by("name_key", "pk")
        .prefetch_related(Prefetch("activities", EstablishmentActivity.objects.order_by("pk")))
    )
    return (
        Enterprise.objects.filter(number=number)
        .prefetch_related(
            Prefetch("activities", EnterpriseActivity.objects.order_by("pk")),
            Prefetch("establishments", establishments),
        )
        .first()
    )


def find_postal_point(postcode: str) -> PostalPoint | None:
    """The point, place name and province of a Belgian postcode, or None."""
    return PostalPoint.objects.filter(postcode=postcode.strip()).first()


def current_import() -> RegisterImport | None:
    """The import that the register is at; None before the first one. Trial runs do not count."""
    done = RegisterImport.objects.filter(status=RunStatus.FINISHED, is_dry_run=False)
    finished = done.defer("counts", "rejects", "incomplete")
    return finished.order_by("-finished_at", "-pk").first()


def establishments_found(hits: Sequence[Hit]) -> list[Establishment]:
    """The establishments of these hits, in their order, with activities; two queries."""
    places = with_activities(Establishment.objects.filter(pk__in=[hit.number for hit in hits]))
    by_number = {place.pk: place for place in places.order_by("pk")}
    return [by_number[hit.number] for hit in hits]


def import_under_way() -> RegisterImport | None:
    """The import that goes on, else the one that waits longest; None when nothing is to do."""
    found = RegisterImport.objects.filter(status__in=(RunStatus.RUNNING, RunStatus.QUEUED))
    return found.order_by("-status", "queued_at", "pk").first()


def imports_of(sources: Iterable[str]) -> QuerySet[RegisterImport]:
    """The imports of these files, the newest first, without their long fields."""
    found = RegisterImport.objects.filter(source_name__in=list(sources))
    return found.defer("counts", "rejects", "incomplete").order_by("-queued_at", "-pk")


def with_activities(places: Places) -> Places:
    """The establishments with ``activities`` fetched, the main ones first."""
    ordered = EstablishmentActivity.objects.order_by("establishment", _MAIN_FIRST, "code", "pk")
    return places.prefetch_related(Prefetch("activities", ordered))


def nace_labels(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Labels in the active language (Dutch when there is none) by (version, code); one query."""
    wanted = set(keys)
    if not wanted:
        return {}
    english = (translation.get_language() or "nl").startswith("en")
    codes = NaceCode.objects.filter(code__in={code for _, code in wanted}).order_by("pk")
    return {
        (code.version, code.code): (english and code.label_en) or code.label_nl
        for code in codes
        if (code.version, code.code) in wanted
    }


def watched_opportunities(keys: Iterable[tuple[str, str]]) -> list[Opportunity]:
    """The opportunities for which any of these (version, code) is watched; one query."""
    listed = list(keys)
    if not listed:
        return []
    matching = Q()
    for version, code in listed:
        beginnings = [code[:length] for length in range(1, len(code) + 1)]
        matching |= Q(version=version, prefix__in=beginnings)
    slugs = set(WatchedNace.objects.filter(matching).values_list("opportunity", flat=True))
    return [opportunity for opportunity in Opportunity if opportunity.value in slugs]
