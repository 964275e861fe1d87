"""No write to a fact can forget the version: the database raises it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from companies.profiles import services
from companies.profiles.enums import DeclineReason
from companies.profiles.models import (
    Activity,
    Company,
    Customer,
    OpportunityOffer,
    WorkforceCell,
    WorkforceYear,
)
from companies.profiles.models.rules import RAISES_PREFIX
from companies.profiles.services import (
    ActivityInput,
    CellCount,
    CustomerInput,
    OfferInput,
    WorkforceInput,
)
from portal.common.vocabulary import Cell, GuidanceLevel, Opportunity, TargetGroup
from tests.factories import CompanyFactory, UserFactory, WorkforceCellFactory

pytestmark = pytest.mark.django_db

# Rows of a company that tell nothing about its work: who acts for it, and paper.
NOT_FACTS = {
    "profiles.Acceptance",
    "profiles.CompanyAdviser",
    "profiles.Consent",  # read when something is shown, never computed with
    "profiles.Document",
    "profiles.DocumentContent",
    "profiles.Invitation",
    "profiles.JoinRequest",
    "profiles.Membership",
    "profiles.PartConfirmation",
    "profiles.PartDraft",
    "profiles.WorkbookUpload",
}


def leads_to_company(model: type[models.Model], seen: frozenset[type] = frozenset()) -> bool:
    """The model has a foreign key to a company, or to a row that has one."""
    return any(
        field.related_model is Company
        or (
            field.related_model._meta.app_label == "profiles"
            and field.related_model not in seen | {model}
            and leads_to_company(field.related_model, seen | {model})
        )
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type)
    )


def rows_of_a_company() -> Iterator[type[models.Model]]:
    """Models of this room that belong to a company, without the copies of the history."""
    for model in apps.get_app_config("profiles").get_models():
        if not hasattr(model, "pgh_tracked_model") and leads_to_company(model):
            yield model


def test_every_model_of_a_company_raises_the_version_or_is_no_fact() -> None:
    """A new model adds ``*raises_facts_version()`` to Meta.triggers, or a line to NOT_FACTS."""
    found = list(rows_of_a_company())
    assert {Activity, WorkforceCell, OpportunityOffer} <= set(found)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgname LIKE %s GROUP BY 1",
            [f"pgtrigger_{RAISES_PREFIX}%"],
        )
        guarded = dict(cursor.fetchall())
    for model in found:
        expected = 0 if model._meta.label in NOT_FACTS else 3
        assert guarded.get(model._meta.db_table, 0) == expected, model._meta.label
    assert guarded["profiles_company_competences"] == 3


@pytest.fixture
def company() -> Company:
    """A company with a fact of each kind."""
    company: Company = CompanyFactory()
    services.set_activities(company_id=company.pk, activities=[ActivityInput(cell=Cell.MAAK_HOUT)])
    services.set_customers(company_id=company.pk, customers=[a_customer()])
    services.set_offers(company_id=company.pk, offers=[an_offer(30)])
    services.set_competences(company_id=company.pk, slugs=["haccp"])
    services.set_workforce_year(company_id=company.pk, year=2025, workforce=a_workforce(3))
    company.refresh_from_db()
    return company


def a_customer() -> CustomerInput:
    """Ten percent."""
    return CustomerInput(name="K", nace_division="10", turnover_share=10)


def an_offer(radius: int) -> OfferInput:
    """Enclave work within a radius."""
    return OfferInput(opportunity=Opportunity.ENCLAVE, radius_km=radius)


def a_workforce(heads: int) -> WorkforceInput:
    """Everybody in one cell."""
    cell = (TargetGroup.ARBEIDSHANDICAP, GuidanceLevel.HOOG)
    return WorkforceInput(cells={cell: CellCount(heads=heads)})


def raised(company: Company) -> int:
    """By how much the version moved since the last look."""
    before = company.facts_version
    company.refresh_from_db()
    return company.facts_version - before


SAME: list[Callable[[int], object]] = [
    lambda key: services.set_activities(
        company_id=key, activities=[ActivityInput(cell=Cell.MAAK_HOUT)]
    ),
    lambda key: services.set_customers(company_id=key, customers=[a_customer()]),
    lambda key: services.set_offers(company_id=key, offers=[an_offer(30)]),
    lambda key: services.set_competences(company_id=key, slugs=["haccp"]),
    lambda key: services.set_workforce_year(company_id=key, year=2025, workforce=a_workforce(3)),
    lambda key: services.verify_company(company_id=key, by=UserFactory()),
    lambda key: Activity.objects.filter(company_id=key).update(turnover_share=None),
    lambda key: Activity.objects.filter(company_id=key, turnover_share=99).delete(),
    lambda key: Company.objects.get(pk=key).save(),
]
CHANGES: list[Callable[[int], object]] = [
    lambda key: services.set_activities(
        company_id=key, activities=[ActivityInput(cell=Cell.MAAK_HOUT, turnover_share=5)]
    ),
    lambda key: services.set_customers(company_id=key, customers=[]),
    lambda key: services.set_offers(company_id=key, offers=[an_offer(31)]),
    lambda key: services.set_competences(company_id=key, slugs=[]),
    lambda key: services.set_workforce_year(company_id=key, year=2025, workforce=a_workforce(4)),
    lambda key: services.decline_company(
        company_id=key, by=UserFactory(), reason=DeclineReason.DUPLICATE
    ),
    lambda key: Activity.objects.filter(company_id=key).update(turnover_share=5),
    lambda key: Activity.objects.filter(company_id=key).delete(),
    lambda key: Customer.objects.bulk_create(
        Customer(company_id=key, name=name, nace_division="10", turnover_share=1) for name in "ab"
    ),
    lambda key: WorkforceCell.objects.filter(workforce_year__company=key).update(heads=7),
    lambda key: Company.objects.filter(pk=key).update(postcode="9000"),
    lambda key: Company.objects.get(pk=key).establishments.create(postcode="9000"),
]


@pytest.mark.parametrize("write", SAME)
def test_saving_the_same_again_leaves_the_version(
    company: Company, write: Callable[[int], object]
) -> None:
    write(company.pk)
    assert raised(company) == 0


@pytest.mark.parametrize("write", CHANGES)
def test_a_change_raises_the_version_of_its_company_once(
    company: Company, write: Callable[[int], object]
) -> None:
    other: Company = CompanyFactory()
    write(company.pk)
    assert raised(company) == 1
    assert raised(other) == 0


def test_sql_counts_too(company: Company) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE profiles_opportunityoffer SET radius_km = 44 WHERE company_id = %s",
            [company.pk],
        )
    assert raised(company) == 1


def test_a_row_that_moves_touches_both_companies(company: Company) -> None:
    other: Company = CompanyFactory()
    WorkforceYear.objects.filter(company=company).update(company=other)
    assert (raised(company), raised(other)) == (1, 1)


def test_a_write_over_many_companies_raises_each_once() -> None:
    companies = [WorkforceCellFactory().workforce_year.company for _ in range(3)]
    for one in companies:
        one.refresh_from_db()
    WorkforceCell.objects.update(heads=50)
    assert [raised(one) for one in companies] == [1, 1, 1]


def test_what_was_rolled_back_was_not_counted(company: Company) -> None:
    with transaction.atomic():
        Activity.objects.filter(company=company).update(turnover_share=5)
        transaction.set_rollback(True)
    assert raised(company) == 0


def test_a_company_goes_with_its_facts(company: Company) -> None:
    company.delete()
    assert not Activity.objects.exists()


def test_a_write_to_facts_is_one_more_event_of_no_company(company: Company) -> None:
    """The version is left out of the history of the company itself."""
    events: Any = apps.get_model("profiles", "CompanyEvent").objects.filter(pgh_obj_id=company.pk)
    before = events.count()
    Activity.objects.filter(company=company).update(turnover_share=5)
    assert events.count() == before
