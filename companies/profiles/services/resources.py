"""Writes to where a company works, what it works with and what it does already.

Each replaces one part as a whole, as ``services.facts`` does; the database raises the
version of the facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from companies.profiles.enums import CooperationKind, EquipmentKind, PointSource
from companies.profiles.models import (
    CompanyEstablishment,
    Cooperation,
    Enclave,
    Equipment,
    OwnProduct,
)
from companies.profiles.selectors.register import listed_establishments, postal_points
from companies.profiles.services.facts import lock_company
from companies.profiles.services.rows import replace_list


class EstablishmentError(Exception):
    """The list of establishments cannot be kept; ``code`` says why, for the message.

    ``none_left`` (a company works somewhere) or ``postcode_unknown`` (no Belgian postcode).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class EstablishmentInput:
    """A place where the company works.

    ``number``: ten digits, or empty. ``own_point``: whole metres in Belgian Lambert 2008
    (``companies.register.domain.lambert``); None takes the register's point of this number
    when it has the same postcode, else the postal point. An empty ``municipality`` is
    filled in from the postcode.
    """

    postcode: str
    number: str = ""
    name: str = ""
    street: str = ""
    house_number: str = ""
    municipality: str = ""
    own_point: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class EquipmentInput:
    """Equipment of one kind; ``year_bought`` from 1950, None is "not known"."""

    kind: EquipmentKind
    description: str = ""
    year_bought: int | None = None
    quantity: int = 1


@dataclass(frozen=True, kw_only=True)
class EnclaveInput:
    """A team at a host; ``places`` in heads, ``nace_division`` two digits or empty."""

    host_name: str
    places: int
    host_number: str = ""
    nace_division: str = ""
    since_year: int | None = None


@dataclass(frozen=True, kw_only=True)
class OwnProductInput:
    """A product of the company's own; the share in percent, None is "not known"."""

    name: str
    description: str = ""
    since_year: int | None = None
    turnover_share: int | None = None


@dataclass(frozen=True, kw_only=True)
class CooperationInput:
    """What the company does together with another organisation."""

    kind: CooperationKind
    partner_name: str
    partner_number: str = ""
    since_year: int | None = None


def _located(
    places: Sequence[EstablishmentInput],
) -> list[dict[str, Any]]:
    """The rows to keep, each with its point; two queries."""
    postal = postal_points(place.postcode for place in places)
    listed = listed_establishments(place.number for place in places if place.own_point is None)
    rows = []
    for place in places:
        at_postcode = postal.get(place.postcode)
        if at_postcode is None:
            raise EstablishmentError("postcode_unknown")
        known = listed.get(place.number)
        point, source = (at_postcode.x_m, at_postcode.y_m), PointSource.POSTAL
        if place.own_point is not None:
            point, source = place.own_point, PointSource.OWN
        elif known and known.postcode == place.postcode and known.x_m and known.y_m:
            point, source = (known.x_m, known.y_m), PointSource.REGISTER
        fields = asdict(place)
        del fields["own_point"]
        fields["municipality"] = place.municipality or at_postcode.name
        rows.append(fields | {"x_m": point[0], "y_m": point[1], "point_source": source.value})
    return rows


@transaction.atomic
def set_establishments(*, company_id: int, establishments: Sequence[EstablishmentInput]) -> None:
    """Replace the places where the company works; at least one stays.

    Raises EstablishmentError, or IntegrityError when a number stands twice or an own point
    lies outside Belgium.
    """
    lock_company(company_id)
    if not establishments:
        raise EstablishmentError("none_left")
    replace_list(
        CompanyEstablishment,
        company_id=company_id,
        rows=_located(establishments),
        key=lambda row: (
            row["number"] or " ".join((row["postcode"], row["street"], row["house_number"]))
        ),
    )


@transaction.atomic
def set_equipment(*, company_id: int, equipment: Sequence[EquipmentInput]) -> None:
    """Replace equipment and technology.

    Raises IntegrityError when a year or number is out of range, or other equipment has no
    description.
    """
    lock_company(company_id)
    replace_list(
        Equipment,
        company_id=company_id,
        rows=[asdict(item) | {"kind": item.kind.value} for item in equipment],
        key=lambda row: f"{row['kind']} {row['description']}",
    )


@transaction.atomic
def set_enclaves(*, company_id: int, enclaves: Sequence[EnclaveInput]) -> None:
    """Replace the enclaves that there are; IntegrityError on a value out of range."""
    lock_company(company_id)
    replace_list(
        Enclave,
        company_id=company_id,
        rows=[asdict(enclave) for enclave in enclaves],
        key=lambda row: row["host_number"] or row["host_name"],
    )


@transaction.atomic
def set_own_products(*, company_id: int, products: Sequence[OwnProductInput]) -> None:
    """Replace the company's own products.

    Raises IntegrityError when a name stands twice or (at commit) the shares add up to
    more than 100.
    """
    lock_company(company_id)
    replace_list(
        OwnProduct,
        company_id=company_id,
        rows=[asdict(product) for product in products],
        key=lambda row: row["name"],
    )


@transaction.atomic
def set_cooperations(*, company_id: int, cooperations: Sequence[CooperationInput]) -> None:
    """Replace the cooperation that there is; IntegrityError on a value out of range."""
    lock_company(company_id)
    replace_list(
        Cooperation,
        company_id=company_id,
        rows=[asdict(item) | {"kind": item.kind.value} for item in cooperations],
        key=lambda row: f"{row['kind']} {row['partner_number'] or row['partner_name']}",
    )


@transaction.atomic
def set_current_work(
    *,
    company_id: int,
    enclaves: Sequence[EnclaveInput],
    products: Sequence[OwnProductInput],
    cooperations: Sequence[CooperationInput],
) -> None:
    """Enclaves, own products and cooperation at once, as one page asks them: all or nothing."""
    set_enclaves(company_id=company_id, enclaves=enclaves)
    set_own_products(company_id=company_id, products=products)
    set_cooperations(company_id=company_id, cooperations=cooperations)
