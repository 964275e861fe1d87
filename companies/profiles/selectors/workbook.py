"""What a workbook of the profile is made from, and uploads that wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from companies.profiles.models import (
    Activity,
    Company,
    Competence,
    Customer,
    OpportunityOffer,
    WorkbookUpload,
    WorkforceYear,
)
from companies.profiles.models.workbook import KEPT_FOR
from companies.profiles.selectors.profile import workforces

ModelT = TypeVar("ModelT", bound=models.Model)


@dataclass(frozen=True)
class StoredFacts:
    """Rows of each part, in the order in which a sheet shows them."""

    facts_version: int
    activities: tuple[Activity, ...]
    customers: tuple[Customer, ...]
    offers: tuple[OpportunityOffer, ...]
    workforces: tuple[WorkforceYear, ...]
    listed_competences: tuple[Competence, ...] = ()


def _as_json(rows: models.QuerySet[Any], *order: str) -> ArraySubquery:
    names = {field.attname: field.attname for field in rows.model._meta.concrete_fields}
    return ArraySubquery(rows.order_by(*order).values(json=JSONObject(**names)))


def _from_json(model: type[ModelT], rows: list[dict[str, Any]]) -> tuple[ModelT, ...]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return tuple(
        model(**{name: fields[name].to_python(value) for name, value in row.items()})
        for row in rows
    )


def stored_facts(company: Company) -> StoredFacts:
    """Everything that has a sheet; three queries, whatever the number of rows."""
    here = {"company": OuterRef("pk")}
    row = (
        Company.objects.filter(pk=company.pk)
        .annotate(
            found_activities=_as_json(Activity.objects.filter(**here), "pk"),
            found_customers=_as_json(Customer.objects.filter(**here), "-turnover_share", "pk"),
            found_offers=_as_json(OpportunityOffer.objects.filter(**here), "pk"),
            found_competences=_as_json(Competence.objects.all(), "pk"),
        )
        .values(
            "facts_version",
            "found_activities",
            "found_customers",
            "found_offers",
            "found_competences",
        )
        .get()
    )
    return StoredFacts(
        facts_version=row["facts_version"],
        activities=_from_json(Activity, row["found_activities"]),
        customers=_from_json(Customer, row["found_customers"]),
        offers=_from_json(OpportunityOffer, row["found_offers"]),
        workforces=tuple(workforces(company)),
        listed_competences=_from_json(Competence, row["found_competences"]),
    )


def waiting_upload(company: Company, upload_id: int, *, now: datetime) -> WorkbookUpload | None:
    """An upload of this company, confirmed or waiting; None when it is gone or too old."""
    return WorkbookUpload.objects.filter(
        company=company, pk=upload_id, uploaded_at__gt=now - KEPT_FOR
    ).first()
