"""An owner adds, changes and removes members."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from companies.profiles import services
from companies.profiles.enums import MemberRole
from companies.profiles.models import Company, Membership
from portal.accounts.roles import Role
from tests.access import rows
from tests.access.world import World
from tests.factories import CompanyFactory, MembershipFactory, staff
from tests.profiles.rules import keeps_all_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(world: World, client: Client) -> Client:
    """The owner, logged in and reading English."""
    person = world.people[rows.OWNER]
    person.language = "en"
    person.save()
    client.force_login(person)
    return client


def page_of(world: World) -> str:
    """The members page."""
    return reverse("profiles:members", args=[world.company.pk])


def test_roles_change(world: World, owner: Client) -> None:
    reader = world.company.memberships.get(user=world.people[rows.READER])
    address = reverse("profiles:member_role", args=[world.company.pk, reader.pk])
    owner.post(address, {"role": "editor"})
    reader.refresh_from_db()
    assert reader.role == MemberRole.EDITOR
    owner.post(address, {"role": "koning"})
    reader.refresh_from_db()
    assert reader.role == MemberRole.EDITOR


def test_the_last_owner_cannot_leave(world: World, owner: Client) -> None:
    mine = world.company.memberships.get(user=world.people[rows.OWNER])
    world.company.memberships.filter(role=MemberRole.OWNER).exclude(pk=mine.pk).delete()
    remove = reverse("profiles:member_remove", args=[world.company.pk, mine.pk])
    page = owner.post(remove, follow=True)
    assert "always has an owner" in page.content.decode()
    step_down = reverse("profiles:member_role", args=[world.company.pk, mine.pk])
    page = owner.post(step_down, {"role": "reader"}, follow=True)
    assert "always has an owner" in page.content.decode()
    mine.refresh_from_db()
    assert mine.role == MemberRole.OWNER


def test_an_owner_who_leaves_goes_home(world: World, owner: Client) -> None:
    mine = world.company.memberships.get(user=world.people[rows.OWNER])
    MembershipFactory(company=world.company)
    remove = reverse("profiles:member_remove", args=[world.company.pk, mine.pk])
    assert owner.post(remove)["Location"] == reverse("dashboards:home")


def test_members_of_another_company_are_out_of_reach(world: World, owner: Client) -> None:
    other = world.other_company.memberships.first()
    assert other is not None
    for name in ("member_role", "member_remove"):
        address = reverse(f"profiles:{name}", args=[world.company.pk, other.pk])
        assert owner.post(address, {"role": "reader"}).status_code == 404


def test_each_member_may_leave(world: World, client: Client) -> None:
    reader = world.people[rows.READER]
    client.force_login(reader)
    leave = reverse("profiles:leave", args=[world.company.pk])
    assert leave in client.get(page_of(world)).content.decode()
    answer = client.post(leave)
    assert answer["Location"] == reverse("dashboards:home")
    assert not world.company.memberships.filter(user=reader).exists()


def test_a_blocked_account_is_no_owner_that_stays(world: World, owner: Client) -> None:
    """The other owner is blocked, so this one cannot leave or step down."""
    other = world.company.created_by
    other.is_active = False
    other.save()
    page = owner.post(reverse("profiles:leave", args=[world.company.pk]), follow=True)
    assert "always has an owner" in page.content.decode()
    mine = world.company.memberships.get(user=world.people[rows.OWNER])
    with pytest.raises(services.LastOwnerError):
        services.change_role(membership=mine, role=MemberRole.EDITOR)


@pytest.fixture
def stranded() -> Company:
    """A company whose only owner is blocked, with an editor and a blocked reader."""
    company: Company = CompanyFactory()
    MembershipFactory(company=company, role=MemberRole.EDITOR, user__language="en")
    MembershipFactory(company=company, role=MemberRole.READER, user__is_active=False)
    keeps_all_rules()  # the company was signed up long ago
    account = company.created_by
    account.is_active = False
    account.save()
    return company


def test_nobody_is_appointed_who_left_in_the_same_moment(stranded: Company) -> None:
    editor = stranded.memberships.get(role=MemberRole.EDITOR)
    services.remove_member(membership=stranded.memberships.get(pk=editor.pk))
    with pytest.raises(Membership.DoesNotExist):
        services.appoint_owner(membership=editor)


def test_members_of_a_stranded_company_come_and_go(stranded: Company) -> None:
    editor = stranded.memberships.get(role=MemberRole.EDITOR)
    services.change_role(membership=editor, role=MemberRole.READER)
    services.remove_member(membership=editor)
    keeps_all_rules()


def test_a_coordinator_appoints_an_owner(
    stranded: Company, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(staff(Role.COORDINATOR, language="en"))
    members = reverse("profiles:members", args=[stranded.pk])
    assert "No owner of this company has an active account" in client.get(members).content.decode()
    editor = stranded.memberships.get(role=MemberRole.EDITOR)
    blocked = stranded.memberships.get(role=MemberRole.READER)

    for member, role in ((blocked, "reader"), (editor, "owner")):
        address = reverse("profiles:member_appoint", args=[stranded.pk, member.pk])
        with django_capture_on_commit_callbacks(execute=True):
            client.post(address)
        member.refresh_from_db()
        assert member.role == role
    assert [(m.to, m.subject) for m in mail.outbox] == [
        ([editor.user.email], f"[Maatwerkportaal] You are now owner of {stranded.name}")
    ]
    assert members in mail.outbox[0].body

    # From now on the company runs itself.
    assert "Make owner" not in client.get(members).content.decode()
    page = client.post(
        reverse("profiles:member_appoint", args=[stranded.pk, blocked.pk]), follow=True
    )
    assert "only while all owners are blocked" in page.content.decode()


def test_somebody_who_left_in_the_same_moment(world: World) -> None:
    member = MembershipFactory(company=world.company)
    Membership.objects.filter(pk=member.pk).delete()
    with pytest.raises(Membership.DoesNotExist):
        services.change_role(membership=member, role=MemberRole.READER)
    with pytest.raises(Membership.DoesNotExist):
        services.remove_member(membership=member)
