"""Writes to what a company tells: each replaces one part of the profile as a whole.

A row that stays the same is left alone, so that the history holds changes only. The
database raises the version of the facts (``models.rules.raises_facts_version``).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from companies.profiles.enums import UNIT_OF
from companies.profiles.models import (
    Activity,
    Company,
    Competence,
    Customer,
    OpportunityOffer,
    WorkforceCell,
    WorkforceYear,
)
from companies.profiles.services.rows import replace, replace_list
from companies.register.services import remember_numbers
from portal.common.vocabulary import Cell, GuidanceLevel, NaceVersion, Opportunity, TargetGroup

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class ActivityInput:
    """One activity: a cell of the study, or a description of work outside it.

    Shares in percent; None is "not known".
    """

    cell: Cell | None = None
    description: str = ""
    turnover_share: int | None = None
    fte_band: str = ""
    nace_version: str = NaceVersion.NACE_2025.value
    nace_code: str = ""
    custom_work: bool | None = None
    just_in_time: bool | None = None
    manual_share: int | None = None
    automatable: bool | None = None
    relocatable: bool | None = None
    series_size: str = ""
    seasonality: str = ""


@dataclass(frozen=True)
class CellCount:
    """People of one category at one guidance level."""

    heads: int = 0
    fte: Decimal = ZERO


@dataclass(frozen=True, kw_only=True)
class WorkforceInput:
    """Totals of a year; cells that are left out count as nobody.

    ``guides_fte`` are all guides, ``guides_qualified_fte`` those of them who are qualified;
    the others are in training.
    """

    cells: Mapping[tuple[TargetGroup, GuidanceLevel], CellCount] = field(default_factory=dict)
    guides_fte: Decimal = ZERO
    guides_qualified_fte: Decimal = ZERO
    supervision_fte: Decimal = ZERO
    doorstroom_heads: int = 0
    enclave_heads: int = 0
    on_location_heads: int = 0


@dataclass(frozen=True, kw_only=True)
class CustomerInput:
    """A customer with its share of turnover in percent; the number when known."""

    name: str
    nace_division: str
    turnover_share: int
    enterprise_number: str = ""


@dataclass(frozen=True, kw_only=True)
class OfferInput:
    """What the company offers for an opportunity; the unit follows from it.

    A volume is told as a ``volume_band`` (a VolumeBand), places and hours as an
    ``amount``. Both days of the period belong to it; None is open.
    """

    opportunity: Opportunity
    radius_km: int | None = None
    amount: int | None = None
    volume_band: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing is offered; a period alone is no offer."""
        return self.radius_km is None and self.amount is None and not self.volume_band

    @property
    def fields(self) -> dict[str, Any]:
        """The columns of the row, with the unit of the opportunity."""
        is_counted = self.amount is not None or self.volume_band
        unit = UNIT_OF[self.opportunity].value if is_counted else ""
        return {**asdict(self), "opportunity": self.opportunity.value, "unit": unit}


def touch_facts(company_id: int) -> None:
    """Raise the version of the company's facts, for facts that a room above keeps.

    Call it in the transaction of the write. Tables of this room need no call.
    """
    Company.objects.filter(pk=company_id).update(facts_version=F("facts_version") + 1)


def lock_company(company_id: int) -> Company:
    """The company row, locked until the end of the transaction; DoesNotExist when gone."""
    return Company.objects.select_for_update(of=("self",), no_key=True).get(pk=company_id)


@transaction.atomic
def set_activities(*, company_id: int, activities: Sequence[ActivityInput]) -> None:
    """Replace the company's activities.

    Raises IntegrityError when a cell stands twice, work outside the study has no
    description, or (at commit) the shares add up to more than 100.
    """
    lock_company(company_id)
    wanted = [
        asdict(activity) | {"cell": activity.cell and activity.cell.value}
        for activity in activities
    ]
    # Shares move from one row to another: the sum is looked at when all are written.
    replace_list(
        Activity,
        company_id=company_id,
        rows=wanted,
        key=lambda row: row["cell"] or f"other {row['description']}",
    )


@transaction.atomic
def set_workforce_year(*, company_id: int, year: int, workforce: WorkforceInput) -> WorkforceYear:
    """Write the totals of a year, all nine cells included.

    Raises IntegrityError with the name of the rule when a figure is negative or too large,
    FTE exceed heads, qualified guides exceed guides, the year has not begun, or (at
    commit) more people work in enclaves and on location than there are.
    """
    lock_company(company_id)
    totals = {
        name: getattr(workforce, name)
        for name in (
            "guides_fte",
            "guides_qualified_fte",
            "supervision_fte",
            "doorstroom_heads",
            "enclave_heads",
            "on_location_heads",
        )
    }
    row, _ = WorkforceYear.objects.update_or_create(
        company_id=company_id, year=year, defaults=totals
    )
    wanted: dict[Hashable, dict[str, Any]] = {}
    for group in TargetGroup:
        for level in GuidanceLevel:
            count = workforce.cells.get((group, level), CellCount())
            wanted[(group.value, level.value)] = {
                "target_group": group.value,
                "guidance_level": level.value,
                "heads": count.heads,
                "fte": count.fte,
            }
    existing: dict[Hashable, WorkforceCell] = {
        (cell.target_group, cell.guidance_level): cell for cell in row.cells.all()
    }
    replace(existing, wanted, WorkforceCell, workforce_year=row)
    return row


@transaction.atomic
def set_customers(*, company_id: int, customers: Sequence[CustomerInput]) -> None:
    """Replace the list of customers; imports of the register keep their numbers from now on.

    Raises NumberError when a number is no enterprise number, and IntegrityError when
    one stands twice or (at commit) the shares add up to more than 100.
    """
    lock_company(company_id)
    replace_list(
        Customer,
        company_id=company_id,
        rows=[asdict(customer) for customer in customers],
        key=lambda row: row["enterprise_number"] or row["name"],
    )
    remember_numbers(
        numbers=[item.enterprise_number for item in customers if item.enterprise_number]
    )


@transaction.atomic
def set_offers(*, company_id: int, offers: Sequence[OfferInput]) -> None:
    """Replace what the company offers; an offer without radius and amount is none.

    Raises IntegrityError when a volume is given as an amount, places or hours as a
    band, or a period ends before it starts.
    """
    lock_company(company_id)
    wanted: dict[Hashable, dict[str, Any]] = {
        offer.opportunity.value: offer.fields for offer in offers if not offer.is_empty
    }
    existing: dict[Hashable, OpportunityOffer] = {
        row.opportunity: row for row in OpportunityOffer.objects.filter(company_id=company_id)
    }
    replace(existing, wanted, OpportunityOffer, company_id=company_id)


@transaction.atomic
def set_competences(*, company_id: int, slugs: Iterable[str]) -> None:
    """Replace the competences and certificates; Competence.DoesNotExist on an unknown slug."""
    company = lock_company(company_id)
    asked = set(slugs)
    found = list(Competence.objects.filter(slug__in=asked))
    unknown = asked - {competence.slug for competence in found}
    if unknown:
        raise Competence.DoesNotExist(", ".join(sorted(unknown)))
    company.competences.set(found)
