"""Whole profiles as frozen values, workforces and the norms they are held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, QuerySet

from companies.profiles.domain.completeness import Completeness, Part, completeness
from companies.profiles.domain.customers import Concentration, concentration
from companies.profiles.domain.guidance import (
    FteByCell,
    Guides,
    Norms,
    Recognition,
    fte_per_level,
    guides,
    recognition,
)
from companies.profiles.models import (
    Activity,
    Company,
    CompanyEstablishment,
    Competence,
    Cooperation,
    Customer,
    Enclave,
    Equipment,
    OpportunityOffer,
    OwnProduct,
    PartConfirmation,
    WorkforceNorm,
    WorkforceYear,
)
from portal.common.vocabulary import GuidanceLevel, Opportunity, TargetGroup


@dataclass(frozen=True)
class CompanyProfile:
    """What one company tells, all of it fetched: reading it makes no query.

    ``workforce`` is the latest year, its ``cells`` fetched; ``offers`` by opportunity.
    """

    company: Company
    establishments: tuple[CompanyEstablishment, ...]
    activities: tuple[Activity, ...]
    workforce: WorkforceYear | None
    customers: tuple[Customer, ...]
    offers: Mapping[Opportunity, OpportunityOffer]
    competences: tuple[Competence, ...]
    confirmed: frozenset[Part]
    equipment: tuple[Equipment, ...]
    enclaves: tuple[Enclave, ...]
    own_products: tuple[OwnProduct, ...]
    cooperations: tuple[Cooperation, ...]

    @property
    def competence_slugs(self) -> frozenset[str]:
        """Codes of competences and certificates, as partners ask them."""
        return frozenset(competence.slug for competence in self.competences)

    @property
    def completeness(self) -> Completeness:
        """Which parts are answered."""
        return completeness(
            {
                Part.ESTABLISHMENTS: len(self.establishments),
                Part.ACTIVITIES: len(self.activities),
                Part.WORKFORCE: int(self.workforce is not None),
                Part.CUSTOMERS: len(self.customers),
                Part.OFFERS: len(self.offers),
                Part.COMPETENCES: len(self.competences),
                Part.EQUIPMENT: len(self.equipment),
                Part.CURRENT_WORK: len(self.enclaves)
                + len(self.own_products)
                + len(self.cooperations),
            },
            confirmed=self.confirmed,
        )

    @property
    def concentration(self) -> Concentration | None:
        """How much the company leans on few customers; None when none is listed."""
        return concentration([customer.turnover_share for customer in self.customers])


def _with_profile() -> QuerySet[Company]:
    """Companies with every part prefetched: twelve queries, whatever their number."""
    # Typed loosely: the stubs expect one kind of row for all prefetches of a call.
    parts: list[Any] = [
        Prefetch("establishments", CompanyEstablishment.objects.order_by("postcode", "pk")),
        Prefetch("activities", Activity.objects.order_by("-turnover_share", "pk")),
        Prefetch(
            "workforce_years",
            WorkforceYear.objects.order_by("-year", "pk").prefetch_related("cells"),
        ),
        Prefetch("customers", Customer.objects.order_by("-turnover_share", "pk")),
        Prefetch("offers", OpportunityOffer.objects.order_by("opportunity", "pk")),
        "competences",
        Prefetch("equipment", Equipment.objects.order_by("kind", "pk")),
        Prefetch("enclaves", Enclave.objects.order_by("-places", "pk")),
        Prefetch("own_products", OwnProduct.objects.order_by("name", "pk")),
        Prefetch("cooperations", Cooperation.objects.order_by("kind", "pk")),
    ]
    confirmed = PartConfirmation.objects.filter(company=OuterRef("pk")).values("part")
    return Company.objects.annotate(confirmed_parts=ArraySubquery(confirmed)).prefetch_related(
        *parts
    )


def _profile_of(company: Any) -> CompanyProfile:
    """From a company whose parts are prefetched."""
    return CompanyProfile(
        company=company,
        establishments=tuple(company.establishments.all()),
        activities=tuple(company.activities.all()),
        workforce=next(iter(company.workforce_years.all()), None),
        customers=tuple(company.customers.all()),
        offers={Opportunity(offer.opportunity): offer for offer in company.offers.all()},
        competences=tuple(company.competences.all()),
        confirmed=frozenset(map(Part, company.confirmed_parts)),
        equipment=tuple(company.equipment.all()),
        enclaves=tuple(company.enclaves.all()),
        own_products=tuple(company.own_products.all()),
        cooperations=tuple(company.cooperations.all()),
    )


def company_profile(company: Company) -> CompanyProfile:
    """Everything that one company tells; twelve queries."""
    return _profile_of(_with_profile().get(pk=company.pk))


def company_profiles(companies: QuerySet[Company] | Iterable[int]) -> list[CompanyProfile]:
    """Profiles of many companies (a queryset or primary keys), ordered by pk; twelve queries."""
    keys = companies.values("pk") if isinstance(companies, QuerySet) else list(companies)
    return [_profile_of(company) for company in _with_profile().filter(pk__in=keys).order_by("pk")]


def latest_workforce(company: Company) -> WorkforceYear | None:
    """The most recent year, its ``cells`` fetched; two queries."""
    return workforces(company).first()


def workforces(company: Company) -> QuerySet[WorkforceYear]:
    """All years with their cells, the latest first."""
    return (
        WorkforceYear.objects.filter(company=company)
        .order_by("-year", "pk")
        .prefetch_related("cells")
    )


def workforce_years(company: Company) -> list[int]:
    """The years with figures; one query."""
    rows = WorkforceYear.objects.filter(company=company).order_by("-year", "pk")
    return list(rows.values_list("year", flat=True))


def workforces_until(company: Company, year: int) -> list[WorkforceYear]:
    """The figures of a year and of known years before it, five at most; two queries."""
    return list(workforces(company).filter(year__lte=year)[:5])


def fte_by_cell(workforce: WorkforceYear) -> dict[tuple[TargetGroup, GuidanceLevel], Decimal]:
    """FTE per category and guidance level; no query when ``cells`` are fetched."""
    return {
        (TargetGroup(cell.target_group), GuidanceLevel(cell.guidance_level)): cell.fte
        for cell in workforce.cells.all()
    }


def norm_for(year: int) -> WorkforceNorm | None:
    """The norm in force at the end of a year; None before the first one."""
    return (
        WorkforceNorm.objects.filter(valid_from__lte=date(year, 12, 31))
        .order_by("-valid_from", "pk")
        .first()
    )


@dataclass(frozen=True)
class WorkforceCheck:
    """A year's figures held against the norm that was in force."""

    norm: WorkforceNorm
    guides: Guides
    recognition: Recognition
    year: int
    parts: tuple[tuple[Decimal, Decimal], ...]
    """FTE at each guidance level with the FTE that one guide serves: the sum, written out."""

    @property
    def changed_in_year(self) -> bool:
        """The norm came into force in the course of the year that it counts for."""
        return self.norm.valid_from.year == self.year and self.norm.valid_from != date(
            self.year, 1, 1
        )

    @property
    def guides_available(self) -> float:
        """Guides there are (FTE), to show."""
        return float(self.guides.available)

    @property
    def guides_required(self) -> float:
        """Guides that the norm asks (FTE), to show."""
        return float(self.guides.required)

    @property
    def share_percent(self) -> float | None:
        """Share of the first two categories, to show; None without FTE."""
        share = self.recognition.share
        return None if share is None else float(share * 100)


def norms_of(norm: WorkforceNorm) -> Norms:
    """The row as plain values for the domain."""
    return Norms(
        fte_per_guide={
            GuidanceLevel.HOOG: norm.fte_per_guide_high,
            GuidanceLevel.MIDDEN: norm.fte_per_guide_middle,
            GuidanceLevel.LAAG: norm.fte_per_guide_low,
        },
        minimum_fte=norm.minimum_fte,
        minimum_share=norm.minimum_share,
    )


def workforce_check(workforce: WorkforceYear) -> WorkforceCheck | None:
    """Guides and recognition of a year; None when no norm was in force. One query."""
    norm = norm_for(workforce.year)
    if norm is None:
        return None
    cells: FteByCell = fte_by_cell(workforce)
    norms = norms_of(norm)
    return WorkforceCheck(
        norm,
        guides(cells, available=workforce.guides_fte, norms=norms),
        recognition(cells, norms),
        year=workforce.year,
        parts=tuple(
            (fte, norms.fte_per_guide[level]) for level, fte in fte_per_level(cells).items()
        ),
    )


def concentration_of(customers: Iterable[Customer]) -> Concentration | None:
    """How much a company leans on these customers; None without customers."""
    return concentration([customer.turnover_share for customer in customers])
