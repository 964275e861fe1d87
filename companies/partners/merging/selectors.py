"""Reads over merges: what continues as what."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from companies.partners.merging.models import EstablishmentMerge
from companies.partners.models import Partner


def is_merged(column: str) -> Exists:
    """Condition: the establishment number in ``column`` ended and continues as another."""
    return Exists(EstablishmentMerge.objects.filter(loser=OuterRef(column)))


def continued_as(number: str) -> str:
    """The number that this one continues as in the end; itself when it was never merged.

    One query per merge on the way and one more. A survivor was no loser when its merge
    was made, and a loser never survives later, so the way has no circle.
    """
    while True:
        survivor = (
            EstablishmentMerge.objects.filter(loser=number)
            .values_list("survivor", flat=True)
            .first()
        )
        if survivor is None:
            return number
        number = survivor


def survivors_among(numbers: Iterable[str]) -> dict[str, str]:
    """For those of the numbers that ended: what they continue as in the end.

    One query when none of them ended, else one per step of the longest way.
    """
    ends = {number: number for number in numbers}
    while True:
        step = dict(
            EstablishmentMerge.objects.filter(loser__in=set(ends.values())).values_list(
                "loser", "survivor"
            )
        )
        if not step:
            return {number: end for number, end in ends.items() if number != end}
        ends = {number: step.get(end, end) for number, end in ends.items()}


def surviving_partner(pk: int) -> int | None:
    """The partner that a merged one continues as; None when it stands by itself."""
    number = Partner.objects.filter(pk=pk).values_list("establishment", flat=True).first()
    if number is None:
        return None
    end = continued_as(number)
    if end == number:
        return None
    return Partner.objects.filter(establishment=end).values_list("pk", flat=True).first()
