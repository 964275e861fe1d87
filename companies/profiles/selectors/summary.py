"""The whole profile of a company in a few words, in one query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject

from companies.profiles.domain.completeness import Completeness, Part, completeness
from companies.profiles.domain.customers import Concentration, concentration
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
    WorkforceYear,
)
from companies.profiles.models.reference import in_english
from portal.common.choices import CELL_LABELS, OPPORTUNITY_LABELS
from portal.common.vocabulary import Cell, Opportunity


@dataclass(frozen=True)
class Confirmed:
    """When and by whom a part was last saved or said to be still right."""

    at: datetime
    by: str


@dataclass(frozen=True)
class CompanySummary:
    """What each part of the profile holds; shares in percent, workforce of the latest year."""

    activities: tuple[dict[str, Any], ...]
    customer_shares: tuple[int, ...]
    offers: tuple[str, ...]
    competence_names: tuple[str, ...]
    establishments: tuple[dict[str, Any], ...]
    workforce_year: int | None
    heads: int
    equipment: int
    current_work: int
    confirmed: Mapping[Part, Confirmed]

    @property
    def completeness(self) -> Completeness:
        """Which parts are answered."""
        return completeness(
            {
                Part.ESTABLISHMENTS: len(self.establishments),
                Part.ACTIVITIES: len(self.activities),
                Part.WORKFORCE: int(self.workforce_year is not None),
                Part.CUSTOMERS: len(self.customer_shares),
                Part.OFFERS: len(self.offers),
                Part.COMPETENCES: len(self.competence_names),
                Part.EQUIPMENT: self.equipment,
                Part.CURRENT_WORK: self.current_work,
            },
            confirmed=self.confirmed,
        )

    @property
    def concentration(self) -> Concentration | None:
        """How much the company leans on few customers."""
        return concentration(self.customer_shares)

    @property
    def activity_labels(self) -> list[Any]:
        """Cells by their label, other work by its description."""
        return [
            CELL_LABELS[Cell(row["cell"])] if row["cell"] else row["description"]
            for row in self.activities
        ]

    @property
    def offer_labels(self) -> list[Any]:
        """Opportunities for which the company offers something."""
        return [OPPORTUNITY_LABELS[Opportunity(slug)] for slug in self.offers]


def _count(model: type[models.Model]) -> Coalesce:
    """The number of rows of a company, as part of a query on companies."""
    rows = model._default_manager.filter(company=OuterRef("pk")).order_by().values("company")
    return Coalesce(Subquery(rows.annotate(found=Count("pk")).values("found")), 0)


def company_summary(company: Company) -> CompanySummary:
    """One query, whatever the number of rows."""
    here = {"company": OuterRef("pk")}
    latest = WorkforceYear.objects.filter(**here).order_by("-year", "pk")
    heads = latest.annotate(total=Sum("cells__heads")).values("total")[:1]
    name = "name_en" if in_english() else "name_nl"
    row = (
        Company.objects.filter(pk=company.pk)
        .annotate(
            found_activities=ArraySubquery(
                Activity.objects.filter(**here)
                .order_by("-turnover_share", "pk")
                .values(json=JSONObject(cell="cell", description="description"))
            ),
            found_shares=ArraySubquery(
                Customer.objects.filter(**here).order_by("pk").values("turnover_share")
            ),
            found_offers=ArraySubquery(
                OpportunityOffer.objects.filter(**here).order_by("pk").values("opportunity")
            ),
            found_competences=ArraySubquery(
                Competence.objects.filter(company=OuterRef("pk")).values(name)
            ),
            found_establishments=ArraySubquery(
                CompanyEstablishment.objects.filter(**here)
                .order_by("postcode", "pk")
                .values(
                    json=JSONObject(
                        number="number",
                        name="name",
                        street="street",
                        house_number="house_number",
                        postcode="postcode",
                        municipality="municipality",
                    )
                )
            ),
            found_confirmations=ArraySubquery(
                PartConfirmation.objects.filter(**here)
                .order_by("part", "pk")
                .values(
                    json=JSONObject(part="part", at="confirmed_at", by="confirmed_by__full_name")
                )
            ),
            found_equipment=_count(Equipment),
            found_current_work=_count(Enclave) + _count(OwnProduct) + _count(Cooperation),
            found_year=Subquery(latest.values("year")[:1]),
            found_heads=Subquery(heads),
        )
        .values(
            "found_activities",
            "found_shares",
            "found_offers",
            "found_competences",
            "found_establishments",
            "found_confirmations",
            "found_equipment",
            "found_current_work",
            "found_year",
            "found_heads",
        )
        .get()
    )
    return CompanySummary(
        activities=tuple(row["found_activities"]),
        customer_shares=tuple(row["found_shares"]),
        offers=tuple(row["found_offers"]),
        competence_names=tuple(row["found_competences"]),
        establishments=tuple(row["found_establishments"]),
        workforce_year=row["found_year"],
        heads=row["found_heads"] or 0,
        equipment=row["found_equipment"],
        current_work=row["found_current_work"],
        confirmed={
            Part(one["part"]): Confirmed(datetime.fromisoformat(one["at"]), one["by"])
            for one in row["found_confirmations"]
        },
    )
