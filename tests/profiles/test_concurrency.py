"""Rules over several rows hold when two people save at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction

from companies.profiles import services
from companies.profiles.enums import MemberRole
from companies.profiles.models import (
    Activity,
    Company,
    Customer,
    Membership,
    WorkforceCell,
    WorkforceYear,
)
from companies.profiles.services import ActivityInput
from portal.common.vocabulary import Cell
from tests.factories import CompanyFactory, MembershipFactory, WorkforceCellFactory
from tests.profiles.rules import broken_rule

pytestmark = pytest.mark.django_db(transaction=True)
Write = Callable[[], object]


def at_once(*writes: Write, write_first: bool = True) -> list[str]:
    """Run each write in its own transaction, all open together; broken rules, '' for none.

    With ``write_first`` all have written before one commits. Writes to facts lock their
    company, so the second one waits: there all have begun before one writes.
    """
    barrier = Barrier(len(writes))
    outcomes: list[str] = []

    def run(write: Write) -> None:
        try:
            with transaction.atomic():
                if not write_first:
                    Company.objects.exists()
                    barrier.wait(timeout=10)
                write()
                if write_first:
                    barrier.wait(timeout=10)
            outcomes.append("")
        except IntegrityError as error:
            outcomes.append(broken_rule(error))
        finally:
            connection.close()

    threads = [Thread(target=run, args=(write,)) for write in writes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(outcomes)


def test_two_owners_leave_together() -> None:
    company: Company = CompanyFactory()
    second = MembershipFactory(company=company)
    first = company.memberships.exclude(pk=second.pk).get()

    outcomes = at_once(first.delete, second.delete)

    assert outcomes == ["", "company_has_owner"]
    assert company.memberships.filter(role=MemberRole.OWNER).count() == 1


def test_one_owner_leaves_while_the_other_steps_down() -> None:
    company: Company = CompanyFactory()
    second = MembershipFactory(company=company)
    first = company.memberships.exclude(pk=second.pk).get()

    outcomes = at_once(
        first.delete,
        lambda: Membership.objects.filter(pk=second.pk).update(role=MemberRole.READER),
    )

    assert outcomes == ["", "company_has_owner"]


def test_two_activities_that_do_not_fit_together() -> None:
    company: Company = CompanyFactory()

    outcomes = at_once(
        *(
            lambda cell=cell: Activity.objects.create(  # type: ignore[misc]
                company=company, cell=cell, turnover_share=60
            )
            for cell in (Cell.MAAK_HOUT.value, Cell.MAAK_METAAL.value)
        ),
        write_first=False,
    )

    assert outcomes == ["", "activity_shares_at_most_100"]
    assert Activity.objects.filter(company=company).count() == 1


def test_two_customers_that_do_not_fit_together() -> None:
    company: Company = CompanyFactory()

    outcomes = at_once(
        *(
            lambda name=name: Customer.objects.create(  # type: ignore[misc]
                company=company, name=name, nace_division="10", turnover_share=60
            )
            for name in ("een", "twee")
        ),
        write_first=False,
    )

    assert outcomes == ["", "customer_shares_at_most_100"]


def test_fewer_heads_while_more_work_elsewhere() -> None:
    """Each keeps the rule alone: one takes people away, the other sends more to enclaves."""
    cell = WorkforceCellFactory(workforce_year__company=CompanyFactory(), heads=30, fte=10)
    year = WorkforceYear.objects.filter(pk=cell.workforce_year_id)

    outcomes = at_once(
        lambda: WorkforceCell.objects.filter(pk=cell.pk).update(heads=15),
        lambda: year.update(enclave_heads=20),
        write_first=False,
    )

    assert outcomes == ["", "workforce_places_within_heads"]


def test_the_rule_holds_when_the_version_is_not_raised() -> None:
    """The deferred rule locks the company itself: it leans on no other trigger."""
    cell = WorkforceCellFactory(workforce_year__company=CompanyFactory(), heads=30, fte=10)
    year = WorkforceYear.objects.filter(pk=cell.workforce_year_id)
    versions = [
        f"profiles.{model}:facts_version_on_update" for model in ("WorkforceCell", "WorkforceYear")
    ]

    def quietly(write: Write) -> Write:
        def run() -> None:
            with pgtrigger.ignore(*versions):
                write()

        return run

    outcomes = at_once(
        quietly(lambda: WorkforceCell.objects.filter(pk=cell.pk).update(heads=15)),
        quietly(lambda: year.update(enclave_heads=20)),
    )

    assert outcomes == ["", "workforce_places_within_heads"]


def test_the_service_waits_for_the_other_person() -> None:
    """Two people save the page together: the last one wins and the version counts each write."""
    company: Company = CompanyFactory()
    before = company.facts_version

    def save(cell: Cell) -> None:
        try:
            services.set_activities(
                company_id=company.pk, activities=[ActivityInput(cell=cell, turnover_share=80)]
            )
        finally:
            connection.close()

    threads = [Thread(target=save, args=(cell,)) for cell in (Cell.MAAK_HOUT, Cell.MAAK_METAAL)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    company.refresh_from_db()
    assert company.facts_version == before + 3, "an insert, then a delete and an insert"
    assert Activity.objects.filter(company=company).count() == 1


def test_two_raw_writes_to_facts_are_both_counted() -> None:
    company: Company = CompanyFactory()
    activities = [
        Activity.objects.create(company=company, cell=cell) for cell in ("maak-hout", "maak-metaal")
    ]
    company.refresh_from_db()

    outcomes = at_once(
        *(
            lambda key=activity.pk: Activity.objects.filter(pk=key).update(turnover_share=5)  # type: ignore[misc]
            for activity in activities
        ),
        write_first=False,
    )

    before = company.facts_version
    company.refresh_from_db()
    assert outcomes == ["", ""]
    assert company.facts_version == before + 2


def test_two_bulk_writes_over_the_same_companies_do_not_block_each_other() -> None:
    """Each writes its own rows of both companies, in opposite order."""
    companies = [CompanyFactory(), CompanyFactory()]
    for company in companies:
        Activity.objects.create(company=company, cell="maak-hout")
        Customer.objects.create(company=company, name="K", nace_division="10", turnover_share=5)

    outcomes = at_once(
        lambda: Activity.objects.filter(company__in=companies).update(turnover_share=7),
        lambda: Customer.objects.filter(company__in=companies).update(turnover_share=7),
        write_first=False,
    )

    assert outcomes == ["", ""]


def test_an_old_copy_of_the_company_does_not_take_the_version_back() -> None:
    company: Company = CompanyFactory()
    copy = Company.objects.get(pk=company.pk)
    services.set_competences(company_id=company.pk, slugs=[])
    Activity.objects.create(company=company, cell="maak-hout")
    company.refresh_from_db()

    copy.save()

    before = company.facts_version
    company.refresh_from_db()
    assert company.facts_version == before > copy.facts_version
