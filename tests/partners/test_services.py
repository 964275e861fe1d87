"""What partners tell, and the rules of their tables."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from companies.partners import selectors, services
from companies.partners.content.consents import BEFORE_TEXTS
from companies.partners.enums import SharePurpose, Sourcing
from companies.partners.models import (
    ContactRequest,
    Conversation,
    Partner,
    PartnerConsent,
    PartnerContact,
    PartnerNeed,
)
from companies.partners.services import NeedInput
from companies.profiles.enums import JoinStatus, VerificationStatus
from companies.profiles.models import Competence
from companies.register.models import Establishment, KnownNumber
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.common.vocabulary import Opportunity
from tests.factories import (
    ContactRequestFactory,
    ConversationFactory,
    EstablishmentFactory,
    PartnerContactFactory,
    PartnerFactory,
    PartnerNeedFactory,
    UserFactory,
    staff,
)
from tests.profiles.rules import breaks

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def partner() -> Partner:
    """A partner that did not agree to be shown yet."""
    partner: Partner = PartnerFactory(consented_at=None, consented_by=None)
    return partner


@pytest.fixture
def contact(partner: Partner) -> User:
    """Who acts for it."""
    user: User = PartnerContactFactory(partner=partner).user
    return user


def is_shown(partner: Partner) -> bool:
    """As it stands in the database."""
    partner.refresh_from_db()
    return selectors.has_consent(partner, SharePurpose.SHOW)


def state(partner: Partner, by: User, **fields: Any) -> PartnerNeed:
    """State a new need for an enclave."""
    need = NeedInput(**{"opportunity": Opportunity.ENCLAVE, "amount": 8} | fields)
    return services.state_need(partner_id=partner.pk, need=need, by=by, now=NOW)


def test_recording_twice_keeps_the_first() -> None:
    number = EstablishmentFactory().number
    first = services.record_partner(establishment_number=number, description="Eerst")
    again = services.record_partner(establishment_number=number, description="Later")
    assert first == again
    assert again.description == "Eerst"


def test_an_unknown_establishment_is_no_partner() -> None:
    with pytest.raises(Establishment.DoesNotExist):
        services.record_partner(establishment_number="2000000339")


def test_the_register_keeps_the_number_of_a_partner() -> None:
    establishment = EstablishmentFactory()
    services.record_partner(establishment_number=establishment.number)
    assert KnownNumber.objects.filter(number=establishment.enterprise_id).exists()


def test_a_need_is_stated_and_changed_with_its_unit(partner: Partner, contact: User) -> None:
    need = state(
        partner,
        contact,
        radius_km=20,
        competences=frozenset({"haccp", "lassen"}),
        contact_name="Jo Janssens",
        contact_phone="09 000 00 00",
    )
    assert (need.unit, need.stated_by, need.is_from_adviser) == ("places", contact, False)
    changed = NeedInput(opportunity=Opportunity.ENCLAVE, competences=frozenset({"haccp"}))
    services.state_need(partner_id=partner.pk, need=changed, by=contact, now=NOW, need_id=need.pk)
    kept = PartnerNeed.objects.get(partner=partner)
    assert kept.pk == need.pk
    assert (kept.amount, kept.unit, kept.radius_km, kept.contact_name) == (None, "", None, "")
    assert [row.slug for row in kept.competences.all()] == ["haccp"]


def test_what_an_adviser_states_is_marked_until_the_partner_changes_it(
    partner: Partner, contact: User
) -> None:
    need = state(partner, staff(Role.ADVISER))
    assert need.is_from_adviser
    services.state_need(
        partner_id=partner.pk,
        need=NeedInput(opportunity=Opportunity.ENCLAVE, amount=9),
        by=contact,
        now=NOW,
        need_id=need.pk,
    )
    need.refresh_from_db()
    assert (need.is_from_adviser, need.amount) == (False, 9)


def test_one_open_need_per_opportunity_and_closed_ones_stay(
    partner: Partner, contact: User
) -> None:
    first = state(partner, contact)
    with pytest.raises(services.NeedExistsError):
        state(partner, contact)
    services.close_need(need=first, by=contact, now=NOW)
    second = state(partner, contact, amount=3)
    first.refresh_from_db()
    assert first.closed_by == contact
    with pytest.raises(services.NeedExistsError):
        services.reopen_need(need=first)
    with pytest.raises(services.NeedClosedError):
        services.state_need(
            partner_id=partner.pk,
            need=NeedInput(opportunity=Opportunity.ENCLAVE, amount=1),
            by=contact,
            now=NOW,
            need_id=first.pk,
        )
    services.close_need(need=second, by=contact, now=NOW)
    first.refresh_from_db()
    services.reopen_need(need=first)
    assert [need.pk for need in PartnerNeed.objects.open()] == [first.pk]


def test_only_what_is_sought_today_is_current(partner: Partner) -> None:
    PartnerNeedFactory(partner=partner, ends_on=YESTERDAY)
    today = PartnerNeedFactory(partner=partner, opportunity="fvdt", unit="hours", ends_on=TODAY)
    later = PartnerNeedFactory(
        partner=partner, opportunity="samenwerking", unit="hours", starts_on=TODAY + timedelta(9)
    )
    closed = PartnerNeedFactory(
        partner=partner,
        opportunity="reshoring",
        unit="volume",
        closed_at=NOW,
        closed_by=UserFactory(),
    )
    assert set(PartnerNeed.objects.current(TODAY)) == {today, later}
    needs = selectors.sorted_needs(selectors.needs_of(partner), TODAY)
    assert set(needs.current) == {today, later}
    assert [need.opportunity for need in needs.over] == ["enclave"]
    assert needs.closed == [closed]
    assert needs.free == [Opportunity.RESHORING, Opportunity.EIGEN_PRODUCTEN]


def test_unknown_competences_are_refused(partner: Partner, contact: User) -> None:
    with pytest.raises(Competence.DoesNotExist):
        state(partner, contact, competences=frozenset({"toveren"}))
    assert not partner.needs.exists()


def test_a_need_of_another_partner_cannot_be_changed(partner: Partner, contact: User) -> None:
    other = PartnerNeedFactory()
    with pytest.raises(PartnerNeed.DoesNotExist):
        services.state_need(
            partner_id=partner.pk,
            need=NeedInput(opportunity=Opportunity.ENCLAVE, amount=1),
            by=contact,
            now=NOW,
            need_id=other.pk,
        )


def test_consent_is_given_repeated_and_withdrawn(partner: Partner, contact: User) -> None:
    services.give_consent(partner_id=partner.pk, by=contact)
    assert is_shown(partner)
    since = partner.consented_at
    services.give_consent(partner_id=partner.pk, by=UserFactory())
    partner.refresh_from_db()
    assert (partner.consented_at, partner.consented_by) == (since, contact)
    services.give_consent(partner_id=partner.pk, by=contact, purpose=SharePurpose.CONTACT)
    services.withdraw_consent(partner_id=partner.pk, by=contact, purpose=SharePurpose.SHOW)
    assert not is_shown(partner)
    assert partner.consented_at is None
    assert selectors.has_consent(partner, SharePurpose.CONTACT)
    ended = PartnerConsent.objects.get(purpose=SharePurpose.SHOW)
    assert (ended.withdrawn_by, ended.given_by) == (contact, contact)
    services.give_consent(partner_id=partner.pk, by=contact)
    assert PartnerConsent.objects.filter(purpose=SharePurpose.SHOW).count() == 2


def test_an_older_text_counts_and_giving_again_takes_the_newest(
    partner: Partner, contact: User
) -> None:
    PartnerConsent.objects.create(
        partner=partner, purpose=SharePurpose.SHOW, version=BEFORE_TEXTS, given_by=contact
    )
    assert is_shown(partner)
    services.give_consent(partner_id=partner.pk, by=contact)
    assert PartnerConsent.objects.count() == 2
    assert PartnerConsent.objects.open().get().version != BEFORE_TEXTS


def test_a_text_that_no_longer_holds_counts_for_nothing(partner: Partner, contact: User) -> None:
    PartnerConsent.objects.create(
        partner=partner, purpose=SharePurpose.SHOW, version="1999-01", given_by=contact
    )
    assert not is_shown(partner)
    (shown, _) = selectors.consents_of(partner)
    assert shown.given is not None
    assert not shown.is_in_force


def record(partner: Partner, adviser: User, *agreed_to: SharePurpose) -> Conversation:
    """An adviser wrote a conversation down."""
    return services.record_conversation(
        partner_id=partner.pk,
        held_on=YESTERDAY,
        with_whom="Jo Janssens, zaakvoerder",
        agreed="Wil gevonden worden.",
        agreed_to=agreed_to,
        by=adviser,
        now=NOW,
    )


def test_a_conversation_says_what_is_agreed_from_now_on(partner: Partner) -> None:
    adviser = staff(Role.ADVISER)
    first = record(partner, adviser, *SharePurpose)
    assert {row.conversation for row in PartnerConsent.objects.open()} == {first}
    record(partner, adviser, SharePurpose.SHOW)
    assert selectors.has_consent(partner, SharePurpose.SHOW)
    assert not selectors.has_consent(partner, SharePurpose.CONTACT)
    record(partner, adviser)
    assert not is_shown(partner)


def test_confirming_makes_the_consents_the_partners_own(partner: Partner, contact: User) -> None:
    adviser = staff(Role.ADVISER)
    conversation = record(partner, adviser, SharePurpose.SHOW)
    services.confirm_conversation(conversation=conversation, by=contact, now=NOW)
    services.confirm_conversation(conversation=conversation, by=UserFactory(), now=NOW)
    conversation.refresh_from_db()
    assert conversation.confirmed_by == contact
    own = PartnerConsent.objects.open().get()
    assert (own.given_by, own.conversation) == (contact, None)
    assert PartnerConsent.objects.filter(conversation=conversation).count() == 1
    # What the partner said itself is not turned into an adviser's record later.
    record(partner, adviser, SharePurpose.SHOW)
    assert PartnerConsent.objects.open().get() == own


def test_a_contact_is_added_once(partner: Partner) -> None:
    user = UserFactory()
    assert services.add_contact(partner_id=partner.pk, user=user) == services.add_contact(
        partner_id=partner.pk, user=user
    )
    services.remove_contact(contact=PartnerContact.objects.get())
    assert not partner.contacts.exists()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("need_opportunity_known", {"opportunity": "goud"}),
        ("need_sourcing_of_reshoring", {"sourcing": "outsource"}),
        ("need_radius_range", {"radius_km": 0}),
        ("need_radius_range", {"radius_km": 501}),
        ("need_amount_has_unit", {"amount": 3, "unit": ""}),
        ("need_amount_range", {"amount": 0}),
        ("need_amount_range", {"amount": 1_000_001}),
        ("need_start_range", {"starts_on": date(1999, 12, 31)}),
        ("need_end_range", {"ends_on": date(2101, 1, 1)}),
        ("need_period_forward", {"starts_on": TODAY, "ends_on": YESTERDAY}),
        ("need_contact_named", {"contact_phone": "09 000 00 00"}),
        ("need_stated_whole", {"stated_at": NOW}),
        ("need_closed_whole", {"closed_at": NOW}),
    ],
)
def test_broken_needs(partner: Partner, name: str, fields: dict[str, Any]) -> None:
    with breaks(name):
        PartnerNeedFactory(partner=partner, **fields)


def test_work_abroad_may_come_back(partner: Partner) -> None:
    PartnerNeedFactory(
        partner=partner, opportunity="reshoring", unit="volume", sourcing=Sourcing.BRING_BACK
    )
    assert partner.needs.count() == 1


def test_one_open_need_per_opportunity(partner: Partner) -> None:
    PartnerNeedFactory(partner=partner, closed_at=NOW, closed_by=UserFactory())
    PartnerNeedFactory(partner=partner)
    with breaks("need_once"):
        PartnerNeedFactory(partner=partner)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("partner_consent_whole", {"consented_at": NOW}),
        ("partner_status_known", {"status": "nieuw", "signed_up_at": NOW}),
        ("partner_signed_up_whole", {"signed_up_at": NOW}),
        ("partner_waits_when_signed_up", {"status": VerificationStatus.PENDING}),
    ],
)
def test_broken_partners(partner: Partner, name: str, fields: dict[str, Any]) -> None:
    if name == "partner_status_known":
        fields = fields | {"signed_up_by": UserFactory()}
    with breaks(name):
        Partner.objects.filter(pk=partner.pk).update(**fields)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("partner_consent_purpose_known", {"purpose": "alles"}),
        ("partner_consent_version_known", {"version": ""}),
        ("partner_consent_withdrawn_when", {"withdrawn_by": True}),
        ("partner_consent_ends_later", {"withdrawn_at": NOW - timedelta(days=1)}),
    ],
)
def test_broken_consents(
    partner: Partner, contact: User, name: str, fields: dict[str, Any]
) -> None:
    if "withdrawn_by" in fields:
        fields = {"withdrawn_by": contact}
    known = {"purpose": SharePurpose.SHOW, "version": "2026-11", "given_at": NOW}
    with breaks(name):
        PartnerConsent.objects.create(partner=partner, given_by=contact, **known | fields)


def test_a_consent_only_ends(partner: Partner, contact: User) -> None:
    given = services.give_consent(partner_id=partner.pk, by=contact)
    rows = PartnerConsent.objects.filter(pk=given.pk)
    with breaks("partner_consent_open_once"):
        PartnerConsent.objects.create(
            partner=partner, purpose=SharePurpose.SHOW, version="2026-11", given_by=contact
        )
    with breaks("partner_consent_only_ends"):
        rows.update(version="2027-01")
    services.withdraw_consent(partner_id=partner.pk, by=contact)
    with breaks("partner_consent_only_ends"):
        rows.update(withdrawn_at=None, withdrawn_by=None)
    # A merge of two partners may carry it along.
    rows.update(partner=PartnerFactory(consented_at=None, consented_by=None))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("conversation_told", {"with_whom": ""}),
        ("conversation_told", {"agreed": ""}),
        ("conversation_confirmed_whole", {"confirmed_at": NOW}),
    ],
)
def test_broken_conversations(partner: Partner, name: str, fields: dict[str, Any]) -> None:
    with breaks(name):
        ConversationFactory(partner=partner, **fields)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("contact_request_capacity_known", {"capacity": "koning"}),
        ("contact_request_terms_accepted", {"terms_version": ""}),
        ("contact_request_decided_whole", {"decided_at": NOW, "status": JoinStatus.ACCEPTED}),
        ("contact_request_answer_recorded", {"status": JoinStatus.ACCEPTED}),
        ("contact_request_answer_recorded", {"status": JoinStatus.EXPIRED}),
        ("contact_request_refusal_has_reason", {"refusal_note": "Zomaar"}),
    ],
)
def test_broken_requests(partner: Partner, name: str, fields: dict[str, Any]) -> None:
    with breaks(name):
        ContactRequestFactory(partner=partner, **fields)


def test_a_person_asks_once_and_one_signs_up(partner: Partner) -> None:
    first: ContactRequest = ContactRequestFactory(partner=partner, is_sign_up=True)
    with breaks("contact_request_open_once"):
        ContactRequestFactory(partner=partner, user=first.user)
    with breaks("contact_request_one_sign_up"):
        ContactRequestFactory(partner=partner, is_sign_up=True)


def test_a_person_is_a_contact_once(partner: Partner) -> None:
    contact = PartnerContactFactory(partner=partner)
    with breaks("partner_contact_once"):
        PartnerContactFactory(partner=partner, user=contact.user)
