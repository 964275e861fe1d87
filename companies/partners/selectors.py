"""Reads over partners."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from companies.partners.content.consents import current_text, text_of, versions_in_force
from companies.partners.enums import SharePurpose
from companies.partners.models import (
    ContactRequest,
    Conversation,
    Partner,
    PartnerConsent,
    PartnerContact,
    PartnerNeed,
)
from companies.profiles.content.consents import ConsentText
from companies.profiles.enums import JoinStatus
from companies.profiles.models.reference import in_english
from companies.profiles.selectors import NaceLine
from companies.register.models import Establishment, EstablishmentActivity, NaceCode
from portal.accounts.models import User
from portal.common.text import name_key
from portal.common.vocabulary import Opportunity


def needs_of(partner: Partner) -> list[PartnerNeed]:
    """What the partner seeks and sought, with the competences asked; two queries."""
    return list(
        PartnerNeed.objects.filter(partner=partner)
        .select_related("stated_by")
        .order_by("opportunity", "-pk")
        .prefetch_related("competences")
    )


@dataclass(frozen=True)
class Needs:
    """What stands on the page: sought now, sought until a day that passed, closed."""

    current: list[PartnerNeed]
    over: list[PartnerNeed]
    closed: list[PartnerNeed]

    @property
    def free(self) -> list[Opportunity]:
        """Opportunities without an open need: there one can be added."""
        taken = {need.opportunity for need in (*self.current, *self.over)}
        return [opportunity for opportunity in Opportunity if opportunity.value not in taken]


def sorted_needs(needs: Iterable[PartnerNeed], today: date) -> Needs:
    """The needs by their state on ``today``."""
    listed = list(needs)
    return Needs(
        current=[need for need in listed if need.is_current(today)],
        over=[need for need in listed if need.is_open and need.is_over(today)],
        closed=[need for need in listed if not need.is_open],
    )


def contacts_of(partner: Partner) -> QuerySet[PartnerContact]:
    """Who acts for the partner."""
    return (
        PartnerContact.objects.filter(partner=partner)
        .select_related("user")
        .order_by("user__email", "pk")
    )


def has_consent(partner: Partner, purpose: SharePurpose) -> bool:
    """The partner agrees to this purpose at this moment; one query."""
    return PartnerConsent.objects.in_force(purpose).filter(partner=partner).exists()


@dataclass(frozen=True)
class ConsentState:
    """One purpose as it stands: what is asked, what was given, and everything before."""

    purpose: SharePurpose
    text: ConsentText
    given: PartnerConsent | None
    is_in_force: bool
    history: Sequence[tuple[PartnerConsent, ConsentText | None]]


def consents_of(partner: Partner) -> list[ConsentState]:
    """Every purpose, agreed to or not; one query."""
    rows = list(
        PartnerConsent.objects.filter(partner=partner)
        .select_related("given_by", "withdrawn_by", "conversation")
        .order_by("purpose", "-given_at", "-pk")
    )
    states = []
    for purpose in SharePurpose:
        history = [row for row in rows if row.purpose == purpose]
        given = next((row for row in history if row.withdrawn_at is None), None)
        states.append(
            ConsentState(
                purpose=purpose,
                text=current_text(purpose),
                given=given,
                is_in_force=given is not None and given.version in versions_in_force(purpose),
                history=[(row, text_of(purpose, row.version)) for row in history],
            )
        )
    return states


def conversations_of(partner: Partner) -> list[Conversation]:
    """What advisers recorded after talking with it, newest first; two queries."""
    return list(
        Conversation.objects.filter(partner=partner)
        .select_related("recorded_by", "confirmed_by")
        .prefetch_related("consents")
        .order_by("-held_on", "-pk")
    )


def requests_of_partner(partner: Partner) -> QuerySet[ContactRequest]:
    """Open requests to act for the partner, oldest first."""
    return (
        ContactRequest.objects.open()
        .filter(partner=partner)
        .select_related("user")
        .order_by("requested_at", "pk")
    )


def requests_of_person(user: User) -> QuerySet[ContactRequest]:
    """What this person asked, newest first; withdrawn requests are left out."""
    return (
        ContactRequest.objects.filter(user=user)
        .exclude(status=JoinStatus.WITHDRAWN)
        .select_related("partner__establishment")
        .order_by("-requested_at", "-pk")
    )


def requests_for_staff() -> QuerySet[ContactRequest]:
    """Sign-ups, and requests to join that no contact can answer; oldest first."""
    active = PartnerContact.objects.filter(partner=OuterRef("partner"), user__is_active=True)
    waiting = ContactRequest.objects.open().annotate(has_contact=Exists(active))
    return (
        waiting.exclude(is_sign_up=False, has_contact=True)
        .select_related("user", "partner__establishment__enterprise")
        .order_by("requested_at", "pk")
    )


def nace_lines(establishment: Establishment) -> list[tuple[EstablishmentActivity, NaceLine]]:
    """Activities of an establishment with their labels, main ones first; two queries."""
    rows = list(
        EstablishmentActivity.objects.filter(establishment=establishment).order_by(
            "classification", "code", "pk"
        )
    )
    rank = {"MAIN": 0, "SECO": 1, "ANCI": 2}
    rows.sort(key=lambda row: rank.get(row.classification, 3))
    labels = {
        (label.version, label.code): (label.label_en if in_english() else "") or label.label_nl
        for label in NaceCode.objects.filter(
            version__in={row.version for row in rows}, code__in={row.code for row in rows}
        )
    }
    return [
        (row, NaceLine(row.code, row.version, labels.get((row.version, row.code), "")))
        for row in rows
    ]


def named(partners: QuerySet[Partner], words: str) -> QuerySet[Partner]:
    """Partners whose name holds every word, accents and case ignored."""
    for word in name_key(words).split():
        partners = partners.filter(establishment__name_key__contains=word)
    return partners


def with_needs(partners: QuerySet[Partner], today: date) -> QuerySet[Partner]:
    """The partners by name, with what they seek on ``today`` in ``needs``."""
    current = PartnerNeed.objects.current(today).order_by("opportunity", "pk")
    return partners.prefetch_related(Prefetch("needs", current)).order_by(
        "establishment__name_key", "pk"
    )


def partners_of(user: User) -> list[Partner]:
    """Partners that a person is a contact of or signs up; one query."""
    asked = ContactRequest.objects.open().sign_ups().filter(partner=OuterRef("pk"), user=user)
    contact = PartnerContact.objects.filter(partner=OuterRef("pk"), user=user)
    return list(
        Partner.objects.filter(Exists(contact) | Exists(asked))
        .select_related("establishment")
        .order_by("establishment__name_key", "pk")
    )
