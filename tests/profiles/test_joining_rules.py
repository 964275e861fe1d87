"""Rules on invitations, requests and acceptances, and what happens at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from companies.profiles import services
from companies.profiles.enums import MemberRole
from companies.profiles.models import Acceptance, Company, Invitation, JoinRequest, Membership
from tests.factories import (
    CompanyFactory,
    InvitationFactory,
    JoinRequestFactory,
    MembershipFactory,
    UserFactory,
)
from tests.profiles.rules import breaks, keeps_all_rules


def half_accepted() -> None:
    InvitationFactory(accepted_at=timezone.now())


def half_withdrawn() -> None:
    InvitationFactory(withdrawn_by=UserFactory())


def both_ends() -> None:
    now, user = timezone.now(), UserFactory()
    InvitationFactory(accepted_at=now, accepted_by=user, withdrawn_at=now, withdrawn_by=user)


def twice(make: Callable[..., Any], **fields: Any) -> None:
    company = CompanyFactory()
    for _ in range(2):
        make(company=company, **fields)


def accept(**fields: Any) -> None:
    Acceptance.objects.create(**{"version": "2026-11", "accepted_by": UserFactory()} | fields)


def appealed() -> None:
    Company.objects.filter(pk=CompanyFactory().pk).update(appealed_at=timezone.now())


def privacy_twice() -> None:
    user = UserFactory()
    for _ in range(2):
        accept(text="privacy", accepted_by=user)


def asked_twice() -> None:
    twice(JoinRequestFactory, user=UserFactory())


def decided_by_nobody() -> None:
    JoinRequestFactory(status="accepted", decided_at=timezone.now())


RULES: list[tuple[str, Callable[[], object]]] = [
    ("invitation_open_once", lambda: twice(InvitationFactory, email="a@b.be")),
    ("invitation_email_lower", lambda: InvitationFactory(email="A@b.be")),
    ("invitation_role_known", lambda: InvitationFactory(role="king")),
    (
        "invitation_expires_later",
        lambda: InvitationFactory(expires_at=timezone.now() - timedelta(1)),
    ),
    ("invitation_accepted_whole", half_accepted),
    ("invitation_withdrawn_whole", half_withdrawn),
    ("invitation_one_end", both_ends),
    ("join_request_open_once", asked_twice),
    ("join_request_role_known", lambda: JoinRequestFactory(role="king")),
    # A status that does not exist has no answer either: that rule is looked at first.
    ("join_request_answer_recorded", lambda: JoinRequestFactory(status="maybe")),
    (
        "join_request_expires_later",
        lambda: JoinRequestFactory(expires_at=timezone.now() - timedelta(1)),
    ),
    ("join_request_decided_whole", decided_by_nobody),
    ("join_request_answer_recorded", lambda: JoinRequestFactory(status="refused")),
    ("acceptance_for_whom", lambda: accept(text="cookies")),
    ("acceptance_for_whom", lambda: accept(text="terms")),
    ("acceptance_of_terms_once", lambda: twice(accept, text="terms")),
    ("acceptance_of_privacy_once", privacy_twice),
    ("company_appeal_whole", appealed),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "write"), RULES, ids=[name for name, _ in RULES])
def test_the_database_refuses(name: str, write: Callable[[], object]) -> None:
    with breaks(name):
        write()


@pytest.mark.django_db
def test_the_last_active_owner_stays() -> None:
    company: Company = CompanyFactory()
    MembershipFactory(company=company, user__is_active=False)
    active = company.memberships.get(user=company.created_by)
    keeps_all_rules()
    with breaks("company_has_owner"):
        active.delete()
    with breaks("company_has_owner"):
        company.memberships.filter(user=company.created_by).update(role=MemberRole.EDITOR)


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Each service in a thread of its own; the class of what it raised, '' for nothing."""
    outcomes: list[str] = []

    def run(call: Callable[[], object]) -> None:
        try:
            call()
            outcomes.append("")
        except Exception as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_one_invitation_accepted_twice_at_once() -> None:
    invitation = InvitationFactory(company=CompanyFactory())
    user = UserFactory(email=invitation.email)
    outcomes = at_once(
        *(
            lambda: services.accept_invitation(invitation_id=invitation.pk, user=user)
            for _ in range(2)
        )
    )
    assert outcomes == ["", "InvitationError"]
    assert Membership.objects.filter(user=user).count() == 1
    assert Invitation.objects.get().accepted_by == user


@pytest.mark.django_db(transaction=True)
def test_a_request_accepted_and_refused_at_once() -> None:
    request = JoinRequestFactory(company=CompanyFactory())
    owner = request.company.created_by
    outcomes = at_once(
        lambda: services.accept_join_request(
            request_id=request.pk, by=owner, role=MemberRole.READER
        ),
        lambda: services.refuse_join_request(request_id=request.pk, by=owner),
    )
    assert outcomes == ["", "JoinError"]
    status = JoinRequest.objects.get().status
    assert Membership.objects.filter(user=request.user).exists() == (status == "accepted")


@pytest.mark.django_db(transaction=True)
def test_the_same_person_asks_twice_at_once() -> None:
    company, user = CompanyFactory(), UserFactory()
    outcomes = at_once(
        *(
            lambda: services.request_to_join(
                company_id=company.pk, user=user, role=MemberRole.EDITOR
            )
            for _ in range(2)
        )
    )
    assert outcomes == ["", "JoinError"]


@pytest.mark.django_db(transaction=True)
def test_one_owner_leaves_while_another_is_demoted() -> None:
    company: Company = CompanyFactory()
    second = MembershipFactory(company=company)
    first = company.memberships.exclude(pk=second.pk).get()
    outcomes = at_once(
        lambda: services.remove_member(membership=first),
        lambda: services.change_role(membership=second, role=MemberRole.READER),
    )
    assert outcomes == ["", "LastOwnerError"]
    assert Membership.objects.filter(company=company).active_owners().count() == 1
