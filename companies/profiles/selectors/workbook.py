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
    CompanyEstablishment,
    Competence,
    Cooperation,
    Customer,
    Enclave,
    Equipment,
    OpportunityOffer,
    OwnProduct,
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
    establishments: tuple[CompanyEstablishment, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    enclaves: tuple[Enclave, ...] = ()
    own_products: tuple[OwnProduct, ...] = ()
    cooperations: tuple[Cooperation, ...] = ()


def _as_json(rows: models.QuerySet[Any], *order: str) -> ArraySubquery:
    names = {field.attname: field.attname for field in rows.model._meta.concrete_fields}
    return ArraySubquery(rows.order_by(*order).values(json=JSONObject(**names)))


def _from_json(model: type[ModelT], rows: list[dict[str, Any]]) -> tuple[ModelT, ...]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return tuple(
        model(**{name: fields[name].to_python(value) for name, value in row.items()})
        for row in rows
    )


# Rows by the name of their field in ``StoredFacts``, in the order in which a page has them.
_PARTS: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "activities": (Activity, ("pk",)),
    "customers": (Customer, ("-turnover_share", "pk")),
    "offers": (OpportunityOffer, ("pk",)),
    "establishments": (CompanyEstablishment, ("postcode", "pk")),
    "equipment": (Equipment, ("pk",)),
    "enclaves": (Enclave, ("pk",)),
    "own_products": (OwnProduct, ("pk",)),
    "cooperations": (Cooperation, ("pk",)),
}


def stored_facts(company: Company) -> StoredFacts:
    """Everything that has a sheet; three queries, whatever the number of rows."""
    found: dict[str, ArraySubquery] = {
        f"found_{name}": _as_json(model._default_manager.filter(company=OuterRef("pk")), *order)
        for name, (model, order) in _PARTS.items()
    }
    found["found_listed_competences"] = _as_json(Competence.objects.all(), "pk")
    row = (
        Company.objects.filter(pk=company.pk)
        .annotate(**found)
        .values("facts_version", *found)
        .get()
    )
    rows: dict[str, Any] = {
        name: _from_json(model, row[f"found_{name}"]) for name, (model, _) in _PARTS.items()
    }
    return StoredFacts(
        facts_version=row["facts_version"],
        workforces=tuple(workforces(company)),
        listed_competences=_from_json(Competence, row["found_listed_competences"]),
        **rows,
    )


def waiting_upload(company: Company, upload_id: int, *, now: datetime) -> WorkbookUpload | None:
    """An upload of this company, confirmed or waiting; None when it is gone or too old."""
    return WorkbookUpload.objects.filter(
        company=company, pk=upload_id, uploaded_at__gt=now - KEPT_FOR
    ).first()
