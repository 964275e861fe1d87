"""Uploaded workbooks: kept until they are confirmed, then written all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from companies.profiles.domain.completeness import Part
from companies.profiles.models import WorkbookUpload
from companies.profiles.models.workbook import KEPT_FOR
from companies.profiles.services.facts import (
    ActivityInput,
    CustomerInput,
    OfferInput,
    WorkforceInput,
    lock_company,
    set_activities,
    set_competences,
    set_customers,
    set_offers,
    set_workforce_year,
)
from companies.profiles.services.parts import confirm_part
from companies.profiles.services.resources import (
    CooperationInput,
    EnclaveInput,
    EquipmentInput,
    EstablishmentInput,
    OwnProductInput,
    set_cooperations,
    set_enclaves,
    set_equipment,
    set_establishments,
    set_own_products,
)
from portal.accounts.models import User


class FactsMovedError(Exception):
    """Somebody changed the profile after the preview was shown."""


@dataclass(frozen=True, kw_only=True)
class WorkbookParts:
    """What a workbook changes; a part that is None is left alone. Workforce by year."""

    activities: Sequence[ActivityInput] | None = None
    customers: Sequence[CustomerInput] | None = None
    offers: Sequence[OfferInput] | None = None
    competences: Sequence[str] | None = None
    workforce: Mapping[int, WorkforceInput] | None = None
    establishments: Sequence[EstablishmentInput] | None = None
    equipment: Sequence[EquipmentInput] | None = None
    enclaves: Sequence[EnclaveInput] | None = None
    own_products: Sequence[OwnProductInput] | None = None
    cooperations: Sequence[CooperationInput] | None = None


@transaction.atomic
def keep_workbook(
    *, company_id: int, by: User, content: Mapping[str, Any], now: datetime
) -> WorkbookUpload:
    """Keep checked rows until they are confirmed; throws away what waited too long."""
    company = lock_company(company_id)
    drop_old_workbooks(now=now)
    return WorkbookUpload.objects.create(
        company=company,
        content=dict(content),
        facts_version=company.facts_version,
        uploaded_at=now,
        uploaded_by=by,
    )


@transaction.atomic
def drop_old_workbooks(*, now: datetime) -> int:
    """Throw away uploads that nobody confirmed in a day; how many there were."""
    waiting = WorkbookUpload.objects.filter(confirmed_at__isnull=True)
    return waiting.filter(uploaded_at__lte=now - KEPT_FOR).delete()[0]


@transaction.atomic
def apply_workbook(
    *, company_id: int, upload_id: int, by: User, parts: WorkbookParts, seen: int, now: datetime
) -> bool:
    """Write every part; False when this upload was written before.

    ``seen`` is the version of the facts that the preview showed: FactsMovedError when it is
    no longer the version. WorkbookUpload.DoesNotExist when the upload is gone; IntegrityError
    (some at commit) as the services of the parts.
    """
    company = lock_company(company_id)
    upload = WorkbookUpload.objects.select_for_update(of=("self",)).get(
        pk=upload_id, company_id=company_id
    )
    if upload.confirmed_at is not None:
        return False
    if company.facts_version != seen:
        raise FactsMovedError
    for part in _write(company_id, parts):
        confirm_part(company_id=company_id, part=part, by=by, at=now)
    upload.content = {}
    upload.confirmed_at = now
    upload.confirmed_by = by
    upload.save(update_fields=["content", "confirmed_at", "confirmed_by"])
    return True


def _write(company_id: int, parts: WorkbookParts) -> list[Part]:
    """The parts that were written."""
    written = []
    if parts.activities is not None:
        set_activities(company_id=company_id, activities=parts.activities)
        written.append(Part.ACTIVITIES)
    if parts.customers is not None:
        set_customers(company_id=company_id, customers=parts.customers)
        written.append(Part.CUSTOMERS)
    if parts.offers is not None:
        set_offers(company_id=company_id, offers=parts.offers)
        written.append(Part.OFFERS)
    if parts.competences is not None:
        set_competences(company_id=company_id, slugs=parts.competences)
        written.append(Part.COMPETENCES)
    if parts.workforce is not None:
        for year, workforce in parts.workforce.items():
            set_workforce_year(company_id=company_id, year=year, workforce=workforce)
        written.append(Part.WORKFORCE)
    return written + _write_resources(company_id, parts)


def _write_resources(company_id: int, parts: WorkbookParts) -> list[Part]:
    """Of these, the parts that were written; three lists make up the current work."""
    written = []
    if parts.establishments is not None:
        set_establishments(company_id=company_id, establishments=parts.establishments)
        written.append(Part.ESTABLISHMENTS)
    if parts.equipment is not None:
        set_equipment(company_id=company_id, equipment=parts.equipment)
        written.append(Part.EQUIPMENT)
    if parts.enclaves is not None:
        set_enclaves(company_id=company_id, enclaves=parts.enclaves)
    if parts.own_products is not None:
        set_own_products(company_id=company_id, products=parts.own_products)
    if parts.cooperations is not None:
        set_cooperations(company_id=company_id, cooperations=parts.cooperations)
    current = (parts.enclaves, parts.own_products, parts.cooperations)
    if any(rows is not None for rows in current):
        written.append(Part.CURRENT_WORK)
    return written
