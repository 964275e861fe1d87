"""A number that is signed up already leads to a request that the owners decide."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from companies.profiles import services, tasks
from companies.profiles.enums import DeclineReason, JoinStatus, MemberRole, VerificationStatus
from companies.profiles.models import Company, JoinRequest, Membership
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.access import rows
from tests.access.world import World
from tests.factories import JoinRequestFactory, MembershipFactory, UserFactory, checked, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    """Limits count per test."""
    cache.clear()


@pytest.fixture
def asker(client: Client) -> User:
    """A newcomer who is logged in."""
    user: User = UserFactory(full_name="Vic Vraagt", email="vic@voorbeeld.test", language="en")
    client.force_login(user)
    return user


def join_url(company: Company) -> str:
    return reverse("profiles:join", args=[company.enterprise_number])


def answer_url(name: str, request: JoinRequest) -> str:
    return reverse(f"profiles:{name}", args=[request.company_id, request.pk])


def test_from_asking_to_member(
    world: World, client: Client, asker: User, django_capture_on_commit_callbacks: Any
) -> None:
    owner = world.people[rows.OWNER]
    owner.language = "en"
    owner.save()
    MembershipFactory(company=world.company, user__is_active=False)  # gets no mail
    data = {"role": "owner", "message": "Ik doe de <b>kwaliteit</b>."}
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(join_url(world.company), data, follow=True)
    assert "You asked to join on" in page.content.decode()
    told = [m for m in mail.outbox if m.to == [owner.email]]
    assert len(told) == 1
    assert not [m for m in mail.outbox if m.to[0] not in owners_of(world.company)]
    assert "Vic Vraagt (vic@voorbeeld.test) asks to act for Deze vzw, as owner" in told[0].body
    assert "Ik doe de <b>kwaliteit</b>." in told[0].body
    members = reverse("profiles:members", args=[world.company.pk])
    assert f"http://testserver{members}" in told[0].body

    request = JoinRequest.objects.get()
    boss = Client()
    boss.force_login(owner)
    shown = boss.get(members).content.decode()
    assert "Vic Vraagt" in shown
    assert "<b>kwaliteit" not in shown
    with django_capture_on_commit_callbacks(execute=True):
        boss.post(answer_url("join_accept", request), {"role": "reader"})
    assert Membership.objects.get(user=asker).role == MemberRole.READER
    request.refresh_from_db()
    assert (request.status, request.decided_by) == (JoinStatus.ACCEPTED, owner)
    assert mail.outbox[-1].to == [asker.email]
    assert "you act for Deze vzw as reader" in mail.outbox[-1].body.replace("\n", " ")


def owners_of(company: Company) -> set[str]:
    active = company.memberships.filter(role=MemberRole.OWNER, user__is_active=True)
    return set(active.values_list("user__email", flat=True))


def test_refused_and_asked_again(
    world: World, client: Client, asker: User, django_capture_on_commit_callbacks: Any
) -> None:
    services.request_to_join(company_id=world.company.pk, user=asker, role=MemberRole.EDITOR)
    boss = Client()
    boss.force_login(world.people[rows.OWNER])
    request = JoinRequest.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        boss.post(answer_url("join_refuse", request))
    assert "was refused" in mail.outbox[0].body
    assert "Refused" in client.get(reverse("profiles:sign_up")).content.decode()
    late = boss.post(answer_url("join_accept", request), {"role": "editor"}, follow=True)
    assert not Membership.objects.filter(user=asker).exists()
    assert late.status_code == 200
    client.post(join_url(world.company), {"role": "editor"})
    assert JoinRequest.objects.filter(status=JoinStatus.OPEN).count() == 1


def test_withdrawn_by_the_asker_only(world: World, client: Client, asker: User) -> None:
    request = services.request_to_join(
        company_id=world.company.pk, user=asker, role=MemberRole.EDITOR
    )
    address = reverse("profiles:join_withdraw", args=[request.pk])
    stranger = Client()
    stranger.force_login(UserFactory())
    assert stranger.post(address).status_code == 404
    assert "is withdrawn" in client.post(address, follow=True).content.decode()
    assert "in the meantime" in client.post(address, follow=True).content.decode()
    boss = Client()
    boss.force_login(world.people[rows.OWNER])
    assert boss.post(answer_url("join_refuse", request)).status_code == 404


def test_the_page_shows_no_more_than_the_register(
    world: World, client: Client, asker: User
) -> None:
    company = world.company
    company.in_register, company.decline_note = False, "geheim"
    company.save()
    page = client.get(join_url(company)).content.decode()
    assert "Deze vzw" not in page  # typed by hand: not public
    company.in_register = True
    company.save()
    page = client.get(join_url(company)).content.decode()
    assert "Deze vzw" in page
    for private in (company.municipality, world.people[rows.OWNER].email, "geheim"):
        assert private not in page


@pytest.mark.parametrize("number", [checked(17_000_001), "x", "2000000339"])
def test_a_number_that_nobody_signed_up(client: Client, asker: User, number: str) -> None:
    assert client.get(reverse("profiles:join", args=[number])).status_code == 404


def test_a_member_goes_to_the_company(world: World, client: Client) -> None:
    client.force_login(world.people[rows.READER])
    answer = client.get(join_url(world.company))
    assert answer["Location"] == reverse("profiles:company", args=[world.company.pk])


def test_one_open_request(world: World, asker: User) -> None:
    ask = {"company_id": world.company.pk, "user": asker, "role": MemberRole.EDITOR}
    services.request_to_join(**ask)
    with pytest.raises(services.JoinError, match="already_asked"):
        services.request_to_join(**ask)


def test_expired_requests_close_and_make_room(world: World, asker: User) -> None:
    past = timezone.now() - timedelta(seconds=1)
    old = JoinRequestFactory(
        company=world.company,
        user=asker,
        requested_at=past - timedelta(days=30),
        expires_at=past,
    )
    with pytest.raises(services.JoinError, match="over"):
        services.accept_join_request(
            request_id=old.pk, by=world.people[rows.OWNER], role=MemberRole.EDITOR
        )
    services.request_to_join(company_id=world.company.pk, user=asker, role=MemberRole.EDITOR)
    old.refresh_from_db()
    assert old.status == JoinStatus.EXPIRED


def test_the_nightly_task_closes_what_is_late() -> None:
    past = timezone.now() - timedelta(seconds=1)
    JoinRequestFactory(requested_at=past - timedelta(days=30), expires_at=past)
    JoinRequestFactory()
    assert tasks.expire_join_requests() == 1
    assert sorted(JoinRequest.objects.values_list("status", flat=True)) == ["expired", "open"]


def test_asking_is_limited(world: World, client: Client, asker: User) -> None:
    for _ in range(10):
        client.post(join_url(world.company), {"role": "editor"})
        JoinRequest.objects.all().delete()
    page = client.post(join_url(world.company), {"role": "editor", "message": "Nog eens"})
    assert "too often" in page.content.decode()
    assert page.context["form"]["message"].value() == "Nog eens"
    assert not JoinRequest.objects.exists()


def test_bad_input_stays_in_the_form(world: World, client: Client, asker: User) -> None:
    page = client.post(join_url(world.company), {"role": "koning", "message": "x" * 501})
    form = page.context["form"]
    assert form["role"].errors
    assert "at most 500" in str(form["message"].errors)


def test_without_an_active_owner_the_adviser_decides(
    world: World, client: Client, asker: User
) -> None:
    request = services.request_to_join(
        company_id=world.company.pk, user=asker, role=MemberRole.OWNER
    )
    adviser, outside = Client(), Client()
    adviser.force_login(world.people[rows.ADVISER])
    outside.force_login(world.people[rows.OTHER_ADVISER])
    assert adviser.post(answer_url("join_accept", request), {"role": "owner"}).status_code == 403
    queue = reverse("profiles:queue")
    assert "Vic Vraagt" not in adviser.get(queue).content.decode()

    User.objects.filter(memberships__company=world.company, memberships__role="owner").update(
        is_active=False
    )
    assert "Vic Vraagt" in adviser.get(queue).content.decode()
    assert "Vic Vraagt" not in outside.get(queue).content.decode()
    assert outside.post(answer_url("join_accept", request), {"role": "owner"}).status_code == 404
    adviser.post(answer_url("join_accept", request), {"role": "owner"})
    assert Membership.objects.get(user=asker).role == MemberRole.OWNER


def test_who_signed_up_a_declined_company_does_not_decide(world: World, asker: User) -> None:
    """Perhaps that person does not act for the company at all."""
    request = services.request_to_join(
        company_id=world.company.pk, user=asker, role=MemberRole.OWNER
    )
    services.decline_company(
        company_id=world.company.pk,
        by=world.people[rows.ADVISER],
        reason=DeclineReason.NOT_ENTITLED,
    )
    owner, adviser = Client(), Client()
    owner.force_login(world.people[rows.OWNER])
    adviser.force_login(world.people[rows.ADVISER])
    assert owner.post(answer_url("join_refuse", request)).status_code == 403
    assert owner.get(reverse("profiles:members", args=[world.company.pk])).status_code == 200
    adviser.post(answer_url("join_accept", request), {"role": "owner"})
    assert Membership.objects.filter(user=asker).exists()


def test_a_closed_company_is_neither_asked_nor_judged(
    world: World, client: Client, asker: User
) -> None:
    company = world.company
    Company.objects.filter(pk=company.pk).update(
        status=VerificationStatus.PENDING, decided_at=None, decided_by=None
    )
    services.close_company(
        company_id=company.pk, by=world.people[rows.OWNER], reason="Fusie", now=timezone.now()
    )
    with pytest.raises(services.JoinError, match="closed"):
        services.request_to_join(company_id=company.pk, user=asker, role=MemberRole.READER)
    client.force_login(world.people[rows.ADVISER])
    assert company.name not in client.get(reverse("profiles:queue")).content.decode()
    page = client.get(reverse("profiles:company", args=[company.pk]))
    assert page.context["decline_form"] is None
    assert client.post(reverse("profiles:verify", args=[company.pk])).status_code == 403


def test_government_cannot_ask_or_be_let_in(world: World, asker: User) -> None:
    adviser = staff(Role.ADVISER)
    with pytest.raises(services.JoinError, match="government"):
        services.request_to_join(company_id=world.company.pk, user=adviser, role=MemberRole.READER)
    late = JoinRequestFactory(company=world.company, user=adviser)
    boss = Client()
    boss.force_login(world.people[rows.OWNER])
    boss.post(answer_url("join_accept", late), {"role": "reader"})
    assert not Membership.objects.filter(user=adviser).exists()


def test_an_unknown_role_is_no_acceptance(world: World, asker: User) -> None:
    request = JoinRequestFactory(company=world.company, user=asker)
    boss = Client()
    boss.force_login(world.people[rows.OWNER])
    boss.post(answer_url("join_accept", request), {"role": "koning"})
    request.refresh_from_db()
    assert request.status == JoinStatus.OPEN
