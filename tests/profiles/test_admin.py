"""Administrators work on companies in the Django admin; facts move their version there too."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from companies.profiles.domain.completeness import Part
from companies.profiles.enums import MemberRole
from companies.profiles.models import Company, Membership, WorkforceNorm
from companies.profiles.services import confirm_part
from portal.accounts.roles import Role
from tests.factories import (
    ActivityFactory,
    CompanyFactory,
    CustomerFactory,
    UserFactory,
    WorkforceCellFactory,
    staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Client:
    """An administrator who reads English."""
    client.force_login(staff(Role.ADMINISTRATOR, language="en"))
    return client


@pytest.fixture
def company() -> Company:
    """A verified company with an activity and a customer."""
    company: Company = CompanyFactory(name="Deze vzw")
    ActivityFactory(company=company, turnover_share=60)
    CustomerFactory(company=company)
    return company


def change_form(client: Client, company: Company) -> dict[str, Any]:
    """What a browser would send back for the unchanged page of a company."""
    page = client.get(reverse("admin:profiles_company_change", args=[company.pk]))
    assert page.status_code == 200
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data: dict[str, Any] = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is True:
                value = "on"
            if value is not None and value is not False:
                data[field.html_name] = value
    return data


def save(client: Client, company: Company, data: dict[str, Any]) -> Any:
    """Send it."""
    return client.post(reverse("admin:profiles_company_change", args=[company.pk]), data)


def test_a_change_raises_the_version_and_the_sorting_key(
    administrator: Client, company: Company
) -> None:
    data = change_form(administrator, company) | {"name": "Éénig vzw"}
    assert save(administrator, company, data).status_code == 302
    before = company.facts_version
    company.refresh_from_db()
    assert (company.name, company.name_key) == ("Éénig vzw", "eenig vzw")
    assert company.facts_version > before


def test_an_inline_alone_raises_the_version(administrator: Client, company: Company) -> None:
    data = change_form(administrator, company) | {"activities-0-turnover_share": "70"}
    assert save(administrator, company, data).status_code == 302
    before = company.facts_version
    company.refresh_from_db()
    assert company.facts_version > before
    assert company.activities.get().turnover_share == 70


def test_the_owner_cannot_be_taken_away(administrator: Client, company: Company) -> None:
    data = change_form(administrator, company) | {"memberships-0-role": "reader"}
    answer = save(administrator, company, data)
    assert answer.status_code == 200
    assert "always has an owner" in answer.content.decode()


def test_shares_over_100_are_told(administrator: Client, company: Company) -> None:
    data = change_form(administrator, company)
    data |= {"activities-TOTAL_FORMS": "2", "activities-1-turnover_share": "41"}
    data |= {"activities-1-cell": "maak-hout", "activities-1-nace_version": "2025"}
    data |= {"activities-1-company": company.pk}
    answer = save(administrator, company, data)
    assert answer.status_code == 200
    assert "add up to 101 %" in answer.content.decode()


def test_an_activity_alone(administrator: Client, company: Company) -> None:
    activity = company.activities.get()
    address = reverse("admin:profiles_activity_change", args=[activity.pk])
    data = {
        "company": company.pk,
        "cell": activity.cell,
        "turnover_share": "50",
        "nace_version": "2025",
        "custom_work": "unknown",
        "just_in_time": "unknown",
        "automatable": "unknown",
    }
    assert administrator.post(address, data).status_code == 302
    first = company.facts_version
    company.refresh_from_db()
    second = company.facts_version
    assert second > first

    delete = reverse("admin:profiles_activity_delete", args=[activity.pk])
    assert administrator.post(delete, {"post": "yes"}).status_code == 302
    company.refresh_from_db()
    assert company.facts_version > second


def test_a_row_that_moves_touches_both_companies(administrator: Client, company: Company) -> None:
    customer, other = company.customers.get(), CompanyFactory()
    address = reverse("admin:profiles_customer_change", args=[customer.pk])
    data = {
        "company": other.pk,
        "name": customer.name,
        "nace_division": "10",
        "turnover_share": "30",
    }
    assert administrator.post(address, data).status_code == 302
    for touched in (company, other):
        before = touched.facts_version
        touched.refresh_from_db()
        assert touched.facts_version > before


def test_deleting_several_rows_and_cells(administrator: Client, company: Company) -> None:
    cell = WorkforceCellFactory(workforce_year__company=company)
    before = company.facts_version
    for name, key in (("customer", company.customers.get().pk), ("workforcecell", cell.pk)):
        answer = administrator.post(
            reverse(f"admin:profiles_{name}_changelist"),
            {"action": "delete_selected", "_selected_action": [key], "post": "yes"},
        )
        assert answer.status_code == 302
    company.refresh_from_db()
    assert company.facts_version >= before + 2


def test_verify_and_decline_as_actions(administrator: Client, company: Company) -> None:
    listing = reverse("admin:profiles_company_changelist")
    for action, status in (("decline_duplicate", "declined"), ("verify", "verified")):
        administrator.post(listing, {"action": action, "_selected_action": [company.pk]})
        company.refresh_from_db()
        assert company.status == status
    assert company.decline_reason == ""


def test_a_company_made_in_the_admin_needs_an_owner(administrator: Client) -> None:
    address = reverse("admin:profiles_company_add")
    page = administrator.get(address)
    data = {
        f"{inline.formset.prefix}-{name}": "0"
        for inline in page.context["inline_admin_formsets"]
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    data |= {
        "enterprise_number": "0200065765",
        "name": "Nieuw",
        "postcode": "2000",
        "province": "antwerpen",
    }
    answer = administrator.post(address, data)
    assert answer.status_code == 200
    assert "always has an owner" in answer.content.decode()

    data |= {
        "memberships-TOTAL_FORMS": "1",
        "memberships-0-user": str(UserFactory().pk),
        "memberships-0-role": "owner",
    }
    assert administrator.post(address, data).status_code == 302
    assert Company.objects.get().memberships.get().role == MemberRole.OWNER


@pytest.mark.parametrize(
    "name",
    [
        "company",
        "membership",
        "companyadviser",
        "companyestablishment",
        "activity",
        "workforceyear",
        "workforcecell",
        "customer",
        "opportunityoffer",
        "equipment",
        "enclave",
        "ownproduct",
        "cooperation",
        "competence",
        "workforcenorm",
    ],
)
def test_every_list_can_be_searched(administrator: Client, company: Company, name: str) -> None:
    WorkforceCellFactory(workforce_year__company=company)
    listing = reverse(f"admin:profiles_{name}_changelist")
    assert administrator.get(listing).status_code == 200
    if name != "workforcenorm":
        assert administrator.get(listing, {"q": "Deze"}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_deleting_the_last_owner_is_a_message_not_a_crash(client: Client) -> None:
    client.force_login(staff(Role.ADMINISTRATOR, language="en"))
    company: Company = CompanyFactory()
    owner = company.memberships.get()
    delete = reverse("admin:profiles_membership_delete", args=[owner.pk])
    answer = client.post(delete, {"post": "yes"}, follow=True)
    assert "always has an owner" in answer.content.decode()
    assert Membership.objects.filter(pk=owner.pk).exists()


def test_deleting_a_norm_that_is_used_is_a_message_not_a_crash(
    administrator: Client, company: Company
) -> None:
    WorkforceCellFactory(workforce_year__company=company, workforce_year__year=2025)
    norm = WorkforceNorm.objects.get(valid_from__year=2023)
    address = reverse("admin:profiles_workforcenorm_delete", args=[norm.pk])
    answer = administrator.post(address, {"post": "yes"}, follow=True)
    assert "held against this norm" in answer.content.decode()
    assert WorkforceNorm.objects.filter(pk=norm.pk).exists()


def test_confirmations_are_looked_at_and_drafts_are_nobody_elses(
    administrator: Client, company: Company
) -> None:
    confirm_part(company_id=company.pk, part=Part.OFFERS, by=company.created_by, at=timezone.now())
    row = company.confirmations.get()
    changelist = administrator.get(reverse("admin:profiles_partconfirmation_changelist"))
    assert "Deze vzw" in changelist.content.decode()
    change = reverse("admin:profiles_partconfirmation_change", args=[row.pk])
    assert administrator.get(change).status_code == 200
    assert administrator.post(change, {"part": "customers"}).status_code == 403
    delete = reverse("admin:profiles_partconfirmation_delete", args=[row.pk])
    assert administrator.post(delete, {"post": "yes"}).status_code == 403
    assert administrator.get("/admin/profiles/partconfirmation/add/").status_code == 403
    assert administrator.get("/admin/profiles/partdraft/").status_code == 404
