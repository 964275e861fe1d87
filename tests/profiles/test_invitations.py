"""An owner invites by e-mail; only the holder of that address can accept."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from companies.profiles import selectors, services
from companies.profiles.enums import MemberRole
from companies.profiles.models import Invitation, Membership
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.access import rows
from tests.access.world import World
from tests.accounts.conftest import link_in
from tests.factories import UserFactory, staff

pytestmark = pytest.mark.django_db
ADDRESS = "collega@voorbeeld.test"


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    """Limits count per test."""
    cache.clear()


@pytest.fixture
def owner(world: World, client: Client) -> Client:
    """The owner, logged in and reading English."""
    person = world.people[rows.OWNER]
    person.language = "en"
    person.full_name = "Els Owner"
    person.save()
    client.force_login(person)
    return client


def members_page(world: World) -> str:
    return reverse("profiles:members", args=[world.company.pk])


@pytest.fixture
def invite(world: World, owner: Client, django_capture_on_commit_callbacks: Any) -> Any:
    """Send an invitation from the page; answers the response."""

    def send(email: str = ADDRESS, role: str = "editor") -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return owner.post(members_page(world), {"email": email, "role": role}, follow=True)

    return send


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def newest_link() -> str:
    return link_in(mail.outbox[-1].body)


def test_the_answer_does_not_tell_whether_there_is_an_account(invite: Any, world: World) -> None:
    UserFactory(email="met@voorbeeld.test")
    UserFactory(email="geblokkeerd@voorbeeld.test", is_active=False)
    government = world.people[rows.ANALYST].email
    answers = set()
    before = world.company.memberships.count()
    for email in (
        "met@voorbeeld.test",
        "zonder@voorbeeld.test",
        "geblokkeerd@voorbeeld.test",
        government,
    ):
        page = invite(email)
        shown = re.findall(r"An invitation is on its way to [^<]*", page.content.decode())
        answers.add((page.status_code, shown[0].replace(email, "X")))
    assert len(answers) == 1
    assert len(mail.outbox) == 4
    assert world.company.memberships.count() == before


def test_the_mail_reads_well(invite: Any, world: World) -> None:
    invite(ADDRESS.upper())
    sent = mail.outbox[0]
    assert sent.to == [ADDRESS]
    assert sent.subject == "[Maatwerkportaal] You are invited to act for Deze vzw"
    assert "Els Owner invites you to act for Deze vzw" in sent.body
    assert "as editor" in sent.body
    assert "http://testserver/companies/invitation/" in sent.body
    secret = newest_link().split("/")[-2].split(".")[0]
    kept = Invitation.objects.get()
    assert secret not in kept.token_hash
    assert kept.expires_at - kept.invited_at == timedelta(days=14)


def test_the_mail_is_in_the_language_of_whoever_is_invited(invite: Any) -> None:
    UserFactory(email=ADDRESS, language="nl")
    invite()
    assert mail.outbox[0].body.startswith("Dag,")
    assert "bewerker" in mail.outbox[0].body


def test_without_an_account_one_signs_up_first(invite: Any, world: World) -> None:
    invite()
    visitor = Client()
    page = visitor.get(newest_link(), headers={"accept-language": "en"}).content.decode()
    assert "Create an account" in page
    assert ADDRESS in page

    # Posting without log-in changes nothing.
    visitor.post(newest_link(), {"accept": "on"})
    assert Invitation.objects.get().accepted_at is None

    # The account made meanwhile finds the invitation on the page after sign-up.
    person = UserFactory(email=ADDRESS, language="en")
    browser = logged_in(person)
    first = browser.get(reverse("profiles:sign_up")).content.decode()
    own = reverse("profiles:invitation_own", args=[Invitation.objects.get().pk])
    assert own in first
    done = browser.post(own, {"accept": "on"}, follow=True)
    assert "You are now a member of Deze vzw" in done.content.decode()
    assert Membership.objects.get(user=person).role == MemberRole.EDITOR
    assert person.acceptances.get().text == "privacy"


def test_accepting_asks_for_the_privacy_statement(invite: Any) -> None:
    person = UserFactory(email=ADDRESS, language="en")
    invite()
    answer = logged_in(person).post(newest_link(), {})
    assert "Tick the box" in answer.content.decode()
    assert not Membership.objects.filter(user=person).exists()


def test_a_link_works_once(invite: Any) -> None:
    person = UserFactory(email=ADDRESS, language="en")
    invite()
    browser = logged_in(person)
    browser.post(newest_link(), {"accept": "on"})
    again = browser.post(newest_link(), {"accept": "on"})
    assert "used already" in again.content.decode()
    assert Membership.objects.filter(user=person).count() == 1


def test_another_address_is_refused(invite: Any) -> None:
    invite()
    other = UserFactory(language="en")
    page = logged_in(other).post(newest_link(), {"accept": "on"})
    assert "another e-mail address" in page.content.decode()
    own = reverse("profiles:invitation_own", args=[Invitation.objects.get().pk])
    assert logged_in(other).get(own).status_code == 404
    assert not Membership.objects.filter(user=other).exists()


def test_an_unconfirmed_address_is_refused(invite: Any) -> None:
    person = UserFactory(email=ADDRESS, language="en")
    EmailAddress.objects.filter(user=person).update(verified=False)
    invite()
    page = logged_in(person).post(newest_link(), {"accept": "on"})
    assert "another e-mail address" in page.content.decode()
    assert not selectors.invitations_for(person, timezone.now()).exists()


def test_government_staff_hear_it_only_when_they_accept(invite: Any) -> None:
    adviser = staff(Role.ADVISER, language="en")
    invite(adviser.email)
    page = logged_in(adviser).post(newest_link(), {"accept": "on"})
    assert "account of the government" in page.content.decode()
    assert not Membership.objects.filter(user=adviser).exists()


def test_expired(invite: Any, world: World, owner: Client) -> None:
    person = UserFactory(email=ADDRESS, language="en")
    invite()
    past = timezone.now() - timedelta(minutes=1)
    Invitation.objects.update(invited_at=past - timedelta(days=14), expires_at=past)
    page = logged_in(person).post(newest_link(), {"accept": "on"})
    assert "has expired" in page.content.decode()
    with pytest.raises(services.InvitationError, match="expired"):
        services.accept_invitation(invitation_id=Invitation.objects.get().pk, user=person)
    assert "Expired" in owner.get(members_page(world)).content.decode()


def test_sending_again_replaces_the_link(
    invite: Any, world: World, owner: Client, django_capture_on_commit_callbacks: Any
) -> None:
    invite()
    old = newest_link()
    again = reverse(
        "profiles:invitation_resend", args=[world.company.pk, Invitation.objects.get().pk]
    )
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(again)
    assert newest_link() != old
    assert Client().get(old).status_code == 404
    assert Client().get(newest_link()).status_code == 200
    invite(role="reader")  # typing the address again does the same, with the new role
    assert Invitation.objects.get().role == MemberRole.READER


def test_withdrawn(invite: Any, world: World, owner: Client) -> None:
    person = UserFactory(email=ADDRESS, language="en")
    invite()
    invitation = Invitation.objects.get()
    address = reverse("profiles:invitation_withdraw", args=[world.company.pk, invitation.pk])
    assert "is withdrawn" in owner.post(address, follow=True).content.decode()
    assert "used already, or withdrawn" in logged_in(person).get(newest_link()).content.decode()
    assert owner.post(address).status_code == 404
    with pytest.raises(services.InvitationError, match="used"):
        services.withdraw_invitation(invitation_id=invitation.pk, by=person)


def test_a_member_keeps_the_role_of_before(invite: Any, world: World) -> None:
    person = UserFactory(email=ADDRESS)
    invite()
    services.add_member(company_id=world.company.pk, user=person, role=MemberRole.READER)
    logged_in(person).post(newest_link(), {"accept": "on"})
    assert Membership.objects.get(user=person).role == MemberRole.READER


@pytest.mark.parametrize(
    ("email", "message"),
    [("geen adres", "valid email address"), ("a" * 255 + "@b.be", "at most 254"), ("", "required")],
)
def test_bad_addresses_stay_in_the_field(invite: Any, email: str, message: str) -> None:
    field = invite(email).context["form"]["email"]
    assert message in str(field.errors)
    assert field.value() == email
    assert not mail.outbox


def test_a_member_cannot_be_invited(invite: Any, world: World) -> None:
    page = invite(world.people[rows.READER].email)
    assert "already a member" in str(page.context["form"]["email"].errors)


def test_one_address_gets_few_mails(invite: Any) -> None:
    for _ in range(5):
        invite()
    page = invite()
    assert "too many invitations" in str(page.context["form"]["email"].errors)
    assert len(mail.outbox) == 5
    invite("ander@voorbeeld.test")
    assert len(mail.outbox) == 6


@pytest.mark.parametrize("token", ["x", "a.b", "é.ü", "x" * 300])
def test_made_up_links(token: str) -> None:
    assert Client().get(reverse("profiles:invitation", args=[token])).status_code == 404
