"""Every change is kept by the database, bulk writes and ticks included."""

from __future__ import annotations

from typing import Any

import pghistory.models
import pytest
from django.apps import apps
from django.test import Client

from companies.profiles import services
from companies.profiles.models import Activity, Company
from companies.profiles.services import ActivityInput
from portal.common.vocabulary import Cell
from tests.access import rows
from tests.access.world import World
from tests.factories import CompanyFactory, PartnerFactory

pytestmark = pytest.mark.django_db

TRACKED = [
    "profiles.Company",
    "profiles.Membership",
    "profiles.Activity",
    "profiles.WorkforceYear",
    "profiles.WorkforceCell",
    "profiles.Customer",
    "profiles.OpportunityOffer",
    "profiles.CompanyEstablishment",
    "profiles.CompanyAdviser",
    "profiles.WorkforceNorm",
    "partners.Partner",
    "partners.PartnerNeed",
    "partners.PartnerContact",
]


def events(label: str) -> Any:
    """The history of a model, oldest first."""
    app, name = label.split(".")
    return apps.get_model(app, f"{name}Event").objects.order_by("pgh_id")


@pytest.mark.parametrize("label", TRACKED)
def test_has_a_history(label: str) -> None:
    assert events(label).count() >= 0


def test_insert_update_delete_of_an_activity() -> None:
    company = CompanyFactory()
    for cells in ([Cell.MAAK_HOUT], [Cell.MAAK_HOUT], []):
        share = Activity.objects.filter(company=company).count() * 10
        services.set_activities(
            company_id=company.pk,
            activities=[ActivityInput(cell=cell, turnover_share=share) for cell in cells],
        )
    kept = events("profiles.Activity").filter(company_id=company.pk)
    assert list(kept.values_list("pgh_label", "turnover_share")) == [
        ("insert", 0),
        ("update", 10),
        ("delete", 10),
    ]


def test_saving_the_same_again_is_no_event() -> None:
    company = CompanyFactory()
    for _ in range(2):
        services.set_activities(
            company_id=company.pk, activities=[ActivityInput(cell=Cell.MAAK_HOUT)]
        )
    assert events("profiles.Activity").filter(company_id=company.pk).count() == 1


def test_the_version_of_the_facts_alone_is_no_event() -> None:
    company = CompanyFactory()
    services.touch_facts(company.pk)
    kept = events("profiles.Company").filter(pgh_obj_id=company.pk)
    assert [event.pgh_label for event in kept] == ["insert"]


def test_bulk_writes_and_ticks_are_kept() -> None:
    company = CompanyFactory()
    Company.objects.filter(pk=company.pk).update(name="Anders")
    assert events("profiles.Company").filter(pgh_obj_id=company.pk).last().name == "Anders"
    services.set_competences(company_id=company.pk, slugs=["haccp"])
    services.set_competences(company_id=company.pk, slugs=[])
    ticks = events("profiles.CompanyCompetence").filter(company_id=company.pk)
    assert [event.pgh_label for event in ticks] == ["insert", "delete"]


def test_partners_are_kept() -> None:
    partner = PartnerFactory()
    assert events("partners.Partner").filter(pgh_obj_id=partner.pk).count() == 1


def test_the_person_is_known(world: World, client: Client) -> None:
    owner = world.people[rows.OWNER]
    client.force_login(owner)
    client.post(f"/companies/{world.company.pk}/offers/", {"radius_enclave": "30"})
    event = events("profiles.OpportunityOffer").filter(company_id=world.company.pk).last()
    assert event.radius_km == 30
    context = pghistory.models.Context.objects.get(pk=event.pgh_context_id)
    assert context.metadata["user"] == owner.pk
