"""Who may see and change what a partner tells: every visibility, every persona."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from companies.partners import access, services
from companies.partners.enums import Capacity, RefusalReason, SharePurpose
from companies.partners.models import Partner
from companies.profiles.enums import VerificationStatus
from portal.accounts.models import User
from tests.access import rows
from tests.access.world import World
from tests.factories import (
    ContactRequestFactory,
    EstablishmentFactory,
    OptOutFactory,
    PartnerNeedFactory,
)

STAFF = frozenset({rows.ADVISER, rows.OTHER_ADVISER, rows.COORDINATOR, rows.ADMINISTRATOR})
MEMBERS = rows.ANYONE_WITH_A_COMPANY
CONTACT = frozenset({rows.PARTNER_CONTACT})
PERSON = "Jo Janssens"


def agree(partner: Partner, by: User, *purposes: SharePurpose) -> None:
    """The partner agrees to these."""
    for purpose in purposes:
        services.give_consent(partner_id=partner.pk, by=by, purpose=purpose)


def nothing(partner: Partner, by: User) -> None:
    """No consent at all."""


def shown(partner: Partner, by: User) -> None:
    """The page, without the contact person."""
    agree(partner, by, SharePurpose.SHOW)


def shown_with_contact(partner: Partner, by: User) -> None:
    """The page and the contact person."""
    agree(partner, by, *SharePurpose)


def only_contact(partner: Partner, by: User) -> None:
    """The contact person, but no page on which it would stand."""
    agree(partner, by, SharePurpose.CONTACT)


def withdrawn(partner: Partner, by: User) -> None:
    """Everything, and then nothing any more."""
    agree(partner, by, *SharePurpose)
    services.withdraw_consent(partner_id=partner.pk, by=by)


def opted_out(partner: Partner, by: User) -> None:
    """Wants no proposals."""
    agree(partner, by, *SharePurpose)
    OptOutFactory(number=partner.establishment_id)


def pending(partner: Partner, by: User) -> None:
    """Agreed to everything, but an adviser has yet to accept the sign-up."""
    agree(partner, by, *SharePurpose)
    Partner.objects.filter(pk=partner.pk).update(
        status=VerificationStatus.PENDING, signed_up_at=timezone.now(), signed_up_by=by
    )


def declined(partner: Partner, by: User) -> None:
    """As pending, with a no."""
    pending(partner, by)
    Partner.objects.filter(pk=partner.pk).update(status=VerificationStatus.DECLINED)


NOBODY: frozenset[str] = frozenset()
MATRIX: tuple[tuple[Callable[[Partner, User], None], frozenset[str], frozenset[str]], ...] = (
    (nothing, NOBODY, NOBODY),
    (shown, MEMBERS, NOBODY),
    (shown_with_contact, MEMBERS, MEMBERS),
    (only_contact, NOBODY, NOBODY),
    (withdrawn, NOBODY, NOBODY),
    (opted_out, NOBODY, NOBODY),
    (pending, NOBODY, NOBODY),
    (declined, NOBODY, NOBODY),
)


@pytest.mark.parametrize(
    ("arrange", "see_page", "see_person"), MATRIX, ids=lambda one: getattr(one, "__name__", "")
)
def test_each_visibility_for_each_persona(
    world: World, arrange: Any, see_page: frozenset[str], see_person: frozenset[str]
) -> None:
    PartnerNeedFactory(partner=world.partner, contact_name=PERSON)
    arrange(world.partner, world.people[rows.PARTNER_CONTACT])
    page = reverse("partners:partner", args=[world.partner.pk])
    listing = reverse("partners:partner_list")
    for name, person in world.people.items():
        client = Client()
        client.force_login(person)
        answer = client.get(page)
        own = name in STAFF | CONTACT
        assert (answer.status_code == 200) == (own or name in see_page), name
        assert (PERSON in answer.content.decode()) == (own or name in see_person), name
        listed = page in client.get(listing).content.decode()
        # Its contact finds it in the header of every page, the one that says no too.
        assert listed == (own or name in see_page), name
        edit = client.get(reverse("partners:partner_edit", args=[world.partner.pk]))
        assert edit.status_code == (200 if own else 403 if name in see_page else 404), name


def test_the_preview_shows_what_a_company_sees(world: World, client: Client) -> None:
    PartnerNeedFactory(partner=world.partner, contact_name=PERSON)
    contact = world.people[rows.PARTNER_CONTACT]
    client.force_login(contact)
    preview = reverse("partners:as_company", args=[world.partner.pk])
    assert PERSON not in client.get(preview).content.decode()
    agree(world.partner, contact, *SharePurpose)
    page = client.get(preview).content.decode()
    assert PERSON in page
    assert contact.email not in page.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("status", [VerificationStatus.PENDING, VerificationStatus.DECLINED])
def test_a_company_that_is_not_verified_sees_no_partner(world: World, status: str) -> None:
    agree(world.partner, world.people[rows.PARTNER_CONTACT], *SharePurpose)
    owner = world.people[rows.OWNER]
    assert access.partner_or_404(owner, world.partner.pk)
    world.company.status = status
    if status == VerificationStatus.DECLINED:
        world.company.decline_reason = "other"
    world.company.save()
    with pytest.raises(Http404):
        access.partner_or_404(owner, world.partner.pk)
    assert not access.acts_for_verified_company(owner)


def test_a_stranger_and_a_blocked_contact_see_nothing(world: World) -> None:
    contact = world.people[rows.PARTNER_CONTACT]
    contact.is_active = False
    for user in (AnonymousUser(), contact):
        with pytest.raises(Http404):
            access.partner_or_404(user, world.partner.pk)
        assert not access.acts_for_verified_company(user)


def test_who_signs_up_writes_the_page_while_it_waits_and_no_longer(world: World) -> None:
    newcomer = world.people[rows.NEWCOMER]
    asked = services.sign_up_partner(
        establishment_number=EstablishmentFactory().number,
        user=newcomer,
        capacity=Capacity.DIRECTOR,
        now=timezone.now(),
    )
    assert access.editable_partner_or_403(newcomer, asked.partner_id)
    services.decline_request(
        request_id=asked.pk,
        by=world.people[rows.ADVISER],
        now=timezone.now(),
        reason=RefusalReason.NOT_ENTITLED,
    )
    with pytest.raises(Http404):
        access.partner_or_404(newcomer, asked.partner_id)


def test_staff_answer_everything_and_contacts_who_joins_them(world: World) -> None:
    joins = ContactRequestFactory(partner=world.partner)
    signs_up = ContactRequestFactory(partner=world.partner, is_sign_up=True)
    elsewhere = ContactRequestFactory(partner=world.other_partner)
    for name, person in world.people.items():
        answers = [access.may_answer(person, one) for one in (joins, signs_up, elsewhere)]
        expected = {
            rows.PARTNER_CONTACT: [True, False, False],
            rows.OTHER_PARTNER_CONTACT: [False, False, True],
        }
        assert answers == ([True] * 3 if name in STAFF else expected.get(name, [False] * 3)), name
    assert not access.may_answer(AnonymousUser(), joins)


def test_who_acts_for_a_partner_that_waits_takes_nobody_in(world: World) -> None:
    joins = ContactRequestFactory(partner=world.partner)
    contact = world.people[rows.PARTNER_CONTACT]
    assert access.may_answer(contact, joins)
    pending(world.partner, contact)
    assert not access.may_answer(contact, joins)
    assert access.may_answer(world.people[rows.ADVISER], joins)


def test_staff_speak_for_no_partner(world: World) -> None:
    for name in STAFF:
        with pytest.raises(PermissionDenied):
            access.own_partner_or_403(world.people[name], world.partner.pk)
