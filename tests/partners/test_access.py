"""Who may see and change what a partner tells."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from companies.partners import access
from companies.partners.models import Partner
from companies.profiles.enums import VerificationStatus
from tests.access import rows
from tests.access.world import World
from tests.factories import OptOutFactory

STAFF = (rows.ADVISER, rows.OTHER_ADVISER, rows.COORDINATOR, rows.ADMINISTRATOR)
MEMBERS = (rows.OWNER, rows.EDITOR, rows.READER)


def answer(user: Any, partner: Partner, *, edit: bool = False) -> str:
    """The answer in one word."""
    predicate = access.editable_partner_or_403 if edit else access.partner_or_404
    try:
        predicate(user, partner.pk)
    except Http404:
        return "404"
    except PermissionDenied:
        return "403"
    return "yes"


def agree(partner: Partner, world: World) -> None:
    """The partner agrees to be shown."""
    partner.consented_at = timezone.now()
    partner.consented_by = world.people[rows.PARTNER_CONTACT]
    partner.save()


def test_without_consent_only_the_contact_and_staff(world: World) -> None:
    welcome = {rows.PARTNER_CONTACT, *STAFF}
    for edit in (False, True):
        through = {
            name
            for name, person in world.people.items()
            if answer(person, world.partner, edit=edit) == "yes"
        }
        assert through == welcome
    assert answer(world.people[rows.OTHER_PARTNER_CONTACT], world.partner) == "404"
    assert answer(world.people[rows.ANALYST], world.partner, edit=True) == "404"
    assert answer(AnonymousUser(), world.partner) == "404"


def test_with_consent_members_of_a_verified_company_look_but_do_not_touch(world: World) -> None:
    agree(world.partner, world)
    for name in MEMBERS:
        assert answer(world.people[name], world.partner) == "yes"
        assert answer(world.people[name], world.partner, edit=True) == "403"
    assert answer(world.people[rows.ANALYST], world.partner) == "404"
    assert answer(world.people[rows.NEWCOMER], world.partner) == "404"


def test_a_company_that_waits_for_verification_sees_no_partner(world: World) -> None:
    agree(world.partner, world)
    world.company.status = VerificationStatus.PENDING
    world.company.decided_at = world.company.decided_by = None
    world.company.save()
    assert answer(world.people[rows.OWNER], world.partner) == "404"


def test_a_partner_that_opted_out_is_hidden_from_companies(world: World) -> None:
    agree(world.partner, world)
    OptOutFactory(number=world.partner.establishment_id)
    assert answer(world.people[rows.OWNER], world.partner) == "404"
    assert answer(world.people[rows.PARTNER_CONTACT], world.partner) == "yes"
