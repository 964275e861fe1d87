"""Who may see, edit, own and review a company."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from companies.profiles import access, services
from companies.profiles.models import Company
from portal.accounts.roles import Role
from tests.access import rows
from tests.access.world import World
from tests.factories import MembershipFactory, staff

Predicate = Callable[[Any, int], Company]

NO, SEEN, YES = "404", "403", "yes"
OUTSIDE = {
    rows.NEWCOMER: NO,
    rows.OTHER_OWNER: NO,
    rows.OTHER_EDITOR: NO,
    rows.OTHER_READER: NO,
    rows.PARTNER_CONTACT: NO,
    rows.OTHER_PARTNER_CONTACT: NO,
    rows.OTHER_ADVISER: NO,
    rows.ANALYST: NO,
}
STAFF_IN_SCOPE = (rows.ADVISER, rows.COORDINATOR, rows.ADMINISTRATOR)


def answer(predicate: Predicate, user: Any, company: Company) -> str:
    """The answer of a predicate in one word."""
    try:
        found = predicate(user, company.pk)
    except Http404:
        return NO
    except PermissionDenied:
        return SEEN
    assert found == company
    return YES


@pytest.mark.parametrize(
    ("predicate", "owner_editor_reader", "staff_answer"),
    [
        (access.company_or_404, (YES, YES, YES), YES),
        (access.editable_company_or_403, (YES, YES, SEEN), SEEN),
        (access.owned_company_or_403, (YES, SEEN, SEEN), SEEN),
        (access.reviewable_company_or_403, (SEEN, SEEN, SEEN), YES),
    ],
)
def test_each_persona(
    world: World, predicate: Predicate, owner_editor_reader: tuple[str, ...], staff_answer: str
) -> None:
    members = (rows.OWNER, rows.EDITOR, rows.READER)
    expected = OUTSIDE | dict(zip(members, owner_editor_reader, strict=True))
    expected |= dict.fromkeys(STAFF_IN_SCOPE, staff_answer)
    answers = {
        name: answer(predicate, person, world.company) for name, person in world.people.items()
    }
    assert answers == expected


def test_nobody_without_log_in(world: World) -> None:
    assert answer(access.company_or_404, AnonymousUser(), world.company) == NO
    assert not access.companies_reviewable_by(AnonymousUser()).exists()


def test_an_adviser_follows_an_assigned_company_outside_the_province(world: World) -> None:
    adviser = world.people[rows.OTHER_ADVISER]
    services.assign_adviser(company_id=world.company.pk, user=adviser)

    assert list(access.companies_visible_to(adviser)) == [world.company]
    assert answer(access.reviewable_company_or_403, adviser, world.company) == YES

    services.unassign_adviser(company_id=world.company.pk, user=adviser)
    assert not access.companies_visible_to(adviser).exists()


def test_an_assignment_means_nothing_without_the_role(world: World) -> None:
    newcomer = world.people[rows.NEWCOMER]
    services.assign_adviser(company_id=world.company.pk, user=newcomer)
    assert answer(access.company_or_404, newcomer, world.company) == NO


def test_an_analyst_sees_no_company_even_as_a_member(world: World) -> None:
    analyst = staff(Role.ANALYST)
    MembershipFactory(company=world.company, user=analyst)
    assert answer(access.company_or_404, analyst, world.company) == NO


def test_a_company_is_listed_once_for_somebody_with_two_reasons(world: World) -> None:
    adviser = world.people[rows.ADVISER]
    services.assign_adviser(company_id=world.company.pk, user=adviser)
    MembershipFactory(company=world.company, user=adviser)
    assert list(access.companies_visible_to(adviser)) == [world.company]


def test_an_adviser_who_is_a_member_reviews_only_the_companies_followed(world: World) -> None:
    adviser = world.people[rows.ADVISER]
    MembershipFactory(company=world.other_company, user=adviser)
    assert answer(access.company_or_404, adviser, world.other_company) == YES
    assert answer(access.reviewable_company_or_403, adviser, world.other_company) == SEEN


def test_a_blocked_account_sees_nothing(world: World) -> None:
    coordinator = world.people[rows.COORDINATOR]
    coordinator.is_active = False
    assert not access.companies_visible_to(coordinator).exists()
