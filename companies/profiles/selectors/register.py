"""What the register knows that a profile shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from companies.profiles.models.reference import in_english
from companies.register.models import Enterprise, NaceCode


@dataclass(frozen=True)
class NaceLine:
    """An activity code with its label in the language of the page, when known."""

    code: str
    version: str
    label: str


def nace_of(enterprise: Enterprise) -> list[NaceLine]:
    """Codes of the enterprise and its establishments (fetched), each once; one query."""
    found: dict[tuple[str, str], None] = {}
    for activity in enterprise.activities.all():
        found[activity.version, activity.code] = None
    for establishment in enterprise.establishments.all():
        for own in establishment.activities.all():
            found[own.version, own.code] = None
    if not found:
        return []
    wanted = Q()
    for version, code in found:
        wanted |= Q(version=version, code=code)
    labels = {
        (row.version, row.code): (row.label_en if in_english() else "") or row.label_nl
        for row in NaceCode.objects.filter(wanted)
    }
    return [NaceLine(code, version, labels.get((version, code), "")) for version, code in found]
