"""What the register knows that a profile shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from companies.profiles.content.sectors import SECTORS
from companies.profiles.models import Company
from companies.profiles.models.reference import in_english
from companies.register.models import (
    Classification,
    Enterprise,
    EnterpriseActivity,
    Establishment,
    EstablishmentActivity,
    NaceCode,
    PostalPoint,
)
from companies.register.selectors import nace_labels
from portal.common.vocabulary import NaceVersion

NaceKey = tuple[str, str]  # version and code


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


def register_codes(company: Company) -> list[NaceLine]:
    """Codes that the register has for the company and its establishments; two queries."""
    number = company.enterprise_number
    own = EnterpriseActivity.objects.filter(enterprise=number).order_by()
    of_places = EstablishmentActivity.objects.filter(establishment__enterprise=number).order_by()
    keys = sorted(
        own.values_list("version", "code").union(of_places.values_list("version", "code")),
        key=lambda key: (-int(key[0]), key[1]),
    )
    labels = nace_labels(keys)
    return [NaceLine(code, version, labels.get((version, code), "")) for version, code in keys]


def unknown_codes(keys: Collection[NaceKey]) -> dict[NaceKey, list[str]]:
    """Of these (version, code), those that the register's code list lacks; two queries at most.

    With each, the versions that do have it. The beginning of a code counts as the code.
    A version whose list was never imported refuses nothing.
    """
    if not keys:
        return {}
    beginnings = Q()
    for code in {code for _, code in keys}:
        beginnings |= Q(code__startswith=code)
    found = list(NaceCode.objects.filter(beginnings).order_by("pk").values_list("version", "code"))

    def has(version: str, code: str) -> bool:
        return any(v == version and known.startswith(code) for v, known in found)

    missing = [key for key in keys if not has(*key)]
    if not missing:
        return {}
    listed = set(NaceCode.objects.order_by().values_list("version", flat=True).distinct())
    return {
        (version, code): [other.value for other in NaceVersion if has(other.value, code)]
        for version, code in missing
        if version in listed
    }


@dataclass(frozen=True)
class RegisterEntry:
    """What the register knows of a customer; empty where it does not."""

    name: str
    nace_division: str


def register_entries(numbers: Iterable[str]) -> dict[str, RegisterEntry]:
    """Name and NACE 2025 division by enterprise number, for those in the register; three queries.

    The name of a natural person is personal data, and stays out.
    """
    rows = Enterprise.objects.filter(number__in=set(numbers)).order_by("pk")
    found = {row.number: "" if row.is_natural_person else row.name for row in rows}
    if not found:
        return {}
    here = {"version": NaceVersion.NACE_2025.value}
    own = EnterpriseActivity.objects.filter(enterprise__in=found, **here).order_by("pk")
    of_places = EstablishmentActivity.objects.filter(
        establishment__enterprise__in=found, establishment__is_active=True, **here
    ).order_by("pk")
    codes = [
        *own.values_list("enterprise", "classification", "code"),
        *of_places.values_list("establishment__enterprise", "classification", "code"),
    ]
    divisions: dict[str, str] = {}
    # The main activities first; among those the enterprise's own.
    for number, _, code in sorted(codes, key=lambda row: row[1] != Classification.MAIN):
        if code[:2] in SECTORS:
            divisions.setdefault(number, code[:2])
    return {
        number: RegisterEntry(name, divisions.get(number, "")) for number, name in found.items()
    }


def listed_establishments(numbers: Iterable[str]) -> dict[str, Establishment]:
    """The register's places by their ten-digit number, closed ones too; one query at most."""
    wanted = {number for number in numbers if number}
    return Establishment.objects.in_bulk(wanted) if wanted else {}


def postal_points(postcodes: Iterable[str]) -> dict[str, PostalPoint]:
    """Belgian postcodes with their point; one query at most."""
    wanted = set(postcodes)
    return PostalPoint.objects.in_bulk(wanted) if wanted else {}
