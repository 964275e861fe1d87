"""Demo partners, by the services of their room: signed up, recorded, waiting, hidden."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from assessments.dashboards.content.demo_partners import (
    AGREED,
    AGREED_NOTHING,
    CLOSED_TEXT,
    CLOSED_TOO,
    EXPIRED,
    HIDDEN,
    NEWCOMER,
    NEWCOMER_MESSAGE,
    NEWCOMER_NEED,
    NEWCOMER_TEXT,
    SIGNED_UP,
    TOLD,
    WITH_WHOM,
    DemoTold,
)
from assessments.dashboards.content.demo_people import (
    DEMO_PASSWORD,
    NEEDS,
    PARTNER_CONTACT,
    DemoNeed,
)
from companies.partners import services
from companies.partners.enums import Capacity, SharePurpose
from companies.partners.models import Partner
from companies.profiles.models import Company
from companies.register.models import Classification, Establishment
from portal.accounts import services as accounts
from portal.accounts.models import User
from portal.common.vocabulary import NaceVersion, Opportunity

A_MONTH = timedelta(days=30)
NOTHING_TOLD = DemoTold("", "")


def load_partners(*, adviser: User, now: datetime) -> None:
    """Partners that said what they seek, and one that waits for an adviser."""
    taken: set[str] = set()
    for position, need in enumerate(NEEDS):
        place = _place_for(need, taken)
        if place is None:
            continue
        taken.add(place.number)
        if position == SIGNED_UP:
            _signed_up(place, need, adviser=adviser, now=now)
        else:
            _recorded(place, position, adviser=adviser, now=now)
    place = _place_for(NEWCOMER_NEED, taken)
    if place is not None:
        _waiting(place, now=now)


def _person(email: str, name: str) -> User:
    return accounts.create_person(email=email, full_name=name, password=DEMO_PASSWORD, is_demo=True)


def _signed_up(place: Establishment, need: DemoNeed, *, adviser: User, now: datetime) -> None:
    """Signed up by its own contact, accepted, and shown with its contact person."""
    contact, told = _person(*PARTNER_CONTACT), TOLD[SIGNED_UP]
    asked = services.sign_up_partner(
        establishment_number=place.number,
        user=contact,
        capacity=Capacity.OPERATIONS,
        now=now,
        is_demo=True,
    )
    services.accept_request(request_id=asked.pk, by=adviser, now=now)
    partner = asked.partner
    services.describe_partner(partner_id=partner.pk, description=told.about)
    _state(partner, need, told, by=contact, now=now)
    for purpose in SharePurpose:
        services.give_consent(partner_id=partner.pk, by=contact, purpose=purpose)


def _recorded(place: Establishment, position: int, *, adviser: User, now: datetime) -> None:
    """Recorded by the adviser after a conversation; nobody signed up for it yet."""
    told, need = TOLD.get(position, NOTHING_TOLD), NEEDS[position]
    partner = services.record_partner(establishment_number=place.number, is_demo=True)
    services.describe_partner(partner_id=partner.pk, description=told.about)
    shown = position != HIDDEN
    services.record_conversation(
        partner_id=partner.pk,
        held_on=timezone.localdate(now) - A_MONTH,
        with_whom=WITH_WHOM,
        agreed=AGREED if shown else AGREED_NOTHING,
        agreed_to=[SharePurpose.SHOW] if shown else [],
        by=adviser,
        now=now,
    )
    _state(partner, need, told, by=adviser, now=now, is_over=position == EXPIRED)
    if position == CLOSED_TOO:
        once = services.state_need(
            partner_id=partner.pk,
            need=services.NeedInput(opportunity=Opportunity.RESHORING, description=CLOSED_TEXT),
            by=adviser,
            now=now,
        )
        services.close_need(need=once, by=adviser, now=now)


def _waiting(place: Establishment, *, now: datetime) -> None:
    """Somebody signed up and said what is sought; an adviser has yet to look."""
    person = _person(*NEWCOMER)
    asked = services.sign_up_partner(
        establishment_number=place.number,
        user=person,
        capacity=Capacity.OPERATIONS,
        message=NEWCOMER_MESSAGE,
        now=now,
        is_demo=True,
    )
    _state(asked.partner, NEWCOMER_NEED, DemoTold("", NEWCOMER_TEXT), by=person, now=now)
    services.give_consent(partner_id=asked.partner_id, by=person)


def _state(
    partner: Partner,
    need: DemoNeed,
    told: DemoTold,
    *,
    by: User,
    now: datetime,
    is_over: bool = False,
) -> None:
    person, today = told.person, timezone.localdate(now)
    services.state_need(
        partner_id=partner.pk,
        need=services.NeedInput(
            opportunity=need.opportunity,
            sourcing=told.sourcing,
            amount=need.amount,
            radius_km=need.radius_km,
            starts_on=today - 2 * A_MONTH if is_over else None,
            ends_on=today - timedelta(days=1) if is_over else None,
            description=told.need,
            competences=frozenset(need.competences),
            contact_name=person.name if person else "",
            contact_function=person.function if person else "",
            contact_phone=person.phone if person else "",
            contact_email=person.email if person else "",
        ),
        by=by,
        now=now,
    )


def _place_for(need: DemoNeed, taken: set[str]) -> Establishment | None:
    """The first establishment by number with this main code in this province."""
    return (
        Establishment.objects.filter(
            province=need.province.value,
            is_active=True,
            x_m__isnull=False,
            enterprise__is_natural_person=False,
            activities__version=NaceVersion.NACE_2025.value,
            activities__code__startswith=need.nace_prefix,
            activities__classification=Classification.MAIN,
        )
        .exclude(number__in=taken)
        .exclude(enterprise__in=Company.objects.values("enterprise_number"))
        .order_by("number")
        .first()
    )
