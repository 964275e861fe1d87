"""Closing takes a company out at once; a month later nothing of it is left, and only of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.dashboards import selectors
from assessments.dashboards.company_data import deletion
from assessments.dashboards.company_data.closing import close
from assessments.dashboards.company_data.tables import company_models, of_company
from assessments.dashboards.models import CompanyDeletion
from assessments.dashboards.tasks import delete_closed_companies
from assessments.matching.models import Match
from companies.profiles import services
from companies.profiles.enums import MemberRole
from companies.profiles.models import Company
from companies.profiles.selectors.belonging import path_to_company, tracked_models
from companies.profiles.services.sign_up import SignUpError
from portal.accounts.models import User
from tests.dashboards.company import full_company, owner_of
from tests.factories import CustomerFactory, JoinRequestFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def closed(company: Company, *, days_ago: float = 0) -> Company:
    """Closed by its owner so many days ago."""
    moment = timezone.now() - timedelta(days=days_ago)
    assert close(company_id=company.pk, by=owner_of(company), reason="We stoppen", now=moment)
    company.refresh_from_db()
    return company


def snapshot(company: Company) -> dict[str, list[Any]]:
    """Every row of a company in every table, history included."""
    rows: dict[str, list[Any]] = {
        model._meta.label: list(of_company(model, path, company.pk).values())
        for model, path in company_models()
    }
    for model, events in tracked_models():
        if path_to_company(model) is not None:
            sql = f"SELECT e.* FROM {events._meta.db_table} e WHERE {deletion.condition_for(model)}"
            with connection.cursor() as cursor:
                cursor.execute(f"{sql} ORDER BY e.pgh_id", [company.pk])
                rows[events._meta.label] = cursor.fetchall()
    return rows


def test_closing_takes_the_company_out_at_once_and_reopening_brings_it_back() -> None:
    company = full_company()
    before = selectors.company_counts(Company.objects.not_closed())
    version = company.facts_version
    closed(company)
    assert not Company.objects.verified().filter(pk=company.pk).exists()
    assert selectors.company_counts(Company.objects.not_closed()).verified == before.verified - 1
    assert not Match.objects.filter(company=company, is_stale=False).exists()
    assert company.facts_version > version
    assert services.reopen_company(company_id=company.pk)
    assert Company.objects.verified().filter(pk=company.pk).exists()
    assert not services.reopen_company(company_id=company.pk)


def test_closing_twice_changes_nothing() -> None:
    company = closed(full_company(), days_ago=3)
    again = close(company_id=company.pk, by=owner_of(company), reason="x", now=timezone.now())
    assert not again
    assert Company.objects.get(pk=company.pk).close_reason == "We stoppen"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"closed_at": timezone.now(), "close_reason": "x"}, "company_closed_whole"),
        ({"close_reason": "x"}, "company_closed_with_reason"),
    ],
)
def test_closing_is_whole(fields: dict[str, Any], constraint: str) -> None:
    company = full_company()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Company.objects.filter(pk=company.pk).update(**fields)


def test_a_deletion_comes_after_the_closing() -> None:
    now = timezone.now()
    with pytest.raises(IntegrityError, match="company_deletion_after_closing"):
        CompanyDeletion.objects.create(
            enterprise_number="0200065765",
            signed_up_at=now,
            closed_at=now,
            deleted_at=now - timedelta(days=1),
        )


def test_members_only_read_a_closed_company(client: Client) -> None:
    company = closed(full_company())
    client.force_login(owner_of(company))
    assert client.get(reverse("profiles:company", args=[company.pk])).status_code == 200
    assert client.get(reverse("readiness:overview", args=[company.pk])).status_code == 200
    for name in ("activities", "customers", "offers", "competences"):
        address = reverse(f"profiles:{name}", args=[company.pk])
        assert client.get(address).status_code == 200
        assert client.post(address, {}).status_code == 403
    assert client.post(reverse("readiness:start", args=[company.pk])).status_code == 403


def test_nobody_becomes_a_member_of_a_closed_company(client: Client) -> None:
    company = full_company()
    guest = UserFactory()
    invitation = services.invite(
        company_id=company.pk, email=guest.email, role=MemberRole.OWNER, by=owner_of(company)
    )
    asked = JoinRequestFactory(company=company)
    owner = owner_of(closed(company))
    members_before = company.memberships.count()

    client.force_login(owner)
    page = reverse("profiles:members", args=[company.pk])
    assert client.get(page).status_code == 200
    accept = reverse("profiles:join_accept", args=[company.pk, asked.pk])
    assert client.post(page, {"email": "a@voorbeeld.test", "role": "owner"}).status_code == 403
    assert client.post(accept, {"role": "owner"}).status_code == 403
    assert not company.invitations.filter(email="a@voorbeeld.test").exists()

    client.force_login(guest)
    client.post(reverse("profiles:invitation_own", args=[invitation.pk]), {"accept": "on"})
    with pytest.raises(services.InvitationError, match="used"):
        services.accept_invitation(invitation_id=invitation.pk, user=guest)
    assert company.memberships.count() == members_before


def test_the_page_asks_for_the_name_and_a_reason(client: Client) -> None:
    company = full_company(name="Het Échte Bedrijf vzw")
    client.force_login(owner_of(company))
    address = reverse("dashboards:company_close", args=[company.pk])
    for data in (
        {"name": "", "reason": "x"},
        {"name": "Ander bedrijf", "reason": "Fusie"},
        {"name": company.name, "reason": "   "},
        {"name": company.name, "reason": "x" * 301},
    ):
        response = client.post(address, data)
        assert response.status_code == 422
        assert data["name"] in response.content.decode()
    company.refresh_from_db()
    assert not company.is_closed
    answer = client.post(
        address, {"name": "het echte bedrijf VZW ", "reason": "Fusie"}, follow=True
    )
    company.refresh_from_db()
    assert (company.is_closed, company.close_reason) == (True, "Fusie")
    assert reverse("dashboards:company_reopen", args=[company.pk]) in answer.content.decode()
    assert client.post(address, {"name": company.name, "reason": "x"}).status_code == 403
    client.post(reverse("dashboards:company_reopen", args=[company.pk]))
    company.refresh_from_db()
    assert not company.is_closed


def test_nothing_is_deleted_before_its_time() -> None:
    early = closed(full_company(), days_ago=29.9)
    open_one = full_company()
    delete_closed_companies()
    assert set(Company.objects.values_list("pk", flat=True)) >= {early.pk, open_one.pk}


def test_after_its_time_nothing_is_left_and_nothing_of_others_is_touched() -> None:
    company, other = full_company(), full_company()
    shared = {"name": "Gedeelde klant", "enterprise_number": "0200065765", "turnover_share": 5}
    CustomerFactory(company=company, **shared)
    CustomerFactory(company=other, **shared)
    # A person of both, and the same partner for both.
    MembershipFactory(company=other, user=owner_of(company))
    Match.objects.filter(company=other).update(establishment=company.matches.get().establishment)
    LogEntry.objects.create(
        user=owner_of(company),
        content_type=ContentType.objects.get_for_model(Company),
        object_id=str(company.pk),
        object_repr=company.name,
        action_flag=CHANGE,
    )
    people, number = User.objects.count(), company.enterprise_number
    before = snapshot(other)
    assert [label for label, rows in before.items() if not rows] == []
    closed(company, days_ago=31)
    delete_closed_companies()
    left = {label: rows for label, rows in snapshot(company).items() if rows}
    assert left == {}
    assert snapshot(other) == before
    assert User.objects.count() == people
    assert not LogEntry.objects.exists()
    assert CompanyDeletion.objects.get().enterprise_number == number


def test_no_text_of_the_company_stands_anywhere_afterwards() -> None:
    company = full_company(name="Onvergetelijk vzw", street="Unieke Straat")
    closed(company, days_ago=31)
    delete_closed_companies()
    for model in apps.get_models(include_auto_created=True):
        texts = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
        ]
        for name in texts if model._meta.managed and not model._meta.proxy else ():
            for text in (company.name, company.street, "We stoppen"):
                found = model._default_manager.filter(**{f"{name}__contains": text})
                assert not found.exists(), f"{model._meta.label}.{name}"


def test_the_deletion_says_how_many_rows_of_what() -> None:
    company = full_company()
    customers = company.customers.count()
    closed(company, days_ago=31)
    assert deletion.sweep(now=timezone.now()) == 1
    log = CompanyDeletion.objects.get()
    assert log.rows_deleted["profiles.Customer"] == customers
    assert log.rows_deleted["profiles.Company"] == 1
    assert log.rows_deleted["history"] > 10
    assert deletion.sweep(now=timezone.now()) == 0
    assert CompanyDeletion.objects.count() == 1


def test_the_number_can_sign_up_again_only_after_the_deletion() -> None:
    company = full_company()
    owner, number = owner_of(company), company.enterprise_number
    closed(company, days_ago=31)
    with pytest.raises(SignUpError, match="already_signed_up"):
        services.sign_up_company(
            user=owner, enterprise_number=number, name="Opnieuw", postcode="2000"
        )
    delete_closed_companies()
    again = services.sign_up_company(
        user=owner, enterprise_number=number, name="Opnieuw", postcode="2000"
    )
    assert again.pk != company.pk
    assert again.memberships.count() == 1


def test_a_company_reopened_in_between_is_left_alone() -> None:
    company = closed(full_company(), days_ago=31)
    services.reopen_company(company_id=company.pk)
    assert not deletion.delete_company(company_id=company.pk, now=timezone.now())
    assert Company.objects.filter(pk=company.pk).exists()


def test_one_that_cannot_be_deleted_does_not_hold_up_the_others(monkeypatch: Any) -> None:
    first, second = closed(full_company(), days_ago=40), closed(full_company(), days_ago=31)
    real = deletion.delete_company

    def fails_for_first(*, company_id: int, now: Any) -> bool:
        if company_id == first.pk:
            raise IntegrityError("held")
        return real(company_id=company_id, now=now)

    monkeypatch.setattr(deletion, "delete_company", fails_for_first)
    assert deletion.sweep(now=timezone.now()) == 1
    assert set(Company.objects.filter(pk__in=[first.pk, second.pk])) == {first}


def test_matches_that_a_late_run_wrote_are_taken_back() -> None:
    company = closed(full_company())
    Match.objects.filter(company=company).update(is_stale=False, proposed=True)
    deletion.sweep(now=timezone.now())
    assert not Match.objects.filter(company=company, is_stale=False).exists()


def test_no_table_of_a_company_keeps_files_outside_the_database() -> None:
    """Deletion is one transaction: files on a disk would need a second step."""
    for model, _ in company_models():
        fields = model._meta.concrete_fields
        assert not [f for f in fields if isinstance(f, models.FileField)], model._meta.label


def test_tables_are_ordered_children_first() -> None:
    ordered = [model for model, _ in deletion.children_first(list(company_models()))]
    for at, model in enumerate(ordered):
        for field in model._meta.concrete_fields:
            if field.related_model in ordered and field.related_model is not model:
                assert ordered.index(field.related_model) > at
