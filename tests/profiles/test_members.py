"""An owner adds, changes and removes members."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from companies.profiles.enums import MemberRole
from companies.profiles.models import Membership
from tests.access import rows
from tests.access.world import World
from tests.factories import MembershipFactory, UserFactory

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


def test_add_a_colleague(world: World, owner: Client) -> None:
    colleague = UserFactory(email="collega@voorbeeld.test")
    data = {"email": "Collega@Voorbeeld.test", "role": "editor"}
    page = owner.post(page_of(world), data, follow=True)
    assert "is now a member" in page.content.decode()
    assert Membership.objects.get(user=colleague).role == MemberRole.EDITOR


def unverified() -> Any:
    """Somebody who did not confirm the address."""
    user = UserFactory()
    EmailAddress.objects.filter(user=user).update(verified=False)
    return user


@pytest.mark.parametrize(
    ("who", "message"),
    [
        (lambda world: unverified().email, "no account with this verified address"),
        (lambda world: UserFactory(is_active=False).email, "no account with this verified"),
        (lambda world: "niemand@voorbeeld.test", "no account with this verified address"),
        (lambda world: world.people[rows.READER].email, "already a member"),
        (lambda world: world.people[rows.ANALYST].email, "Government staff"),
        (lambda world: "geen adres", "valid email address"),
    ],
)
def test_who_cannot_be_added(world: World, owner: Client, who: Any, message: str) -> None:
    before = world.company.memberships.count()
    email = who(world)
    answer = owner.post(page_of(world), {"email": email, "role": "reader"})
    field = answer.context["form"]["email"]
    assert message in str(field.errors)
    assert field.value() == email
    assert world.company.memberships.count() == before


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
