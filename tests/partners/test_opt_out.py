"""An opt-out is kept by number: what is recorded, what holds, and who may take it back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from companies.partners.enums import SharePurpose
from companies.partners.models import OptOut, Partner
from companies.partners.opt_out import links, services
from companies.partners.opt_out.models import Way
from companies.partners.opt_out.selectors import opted_out_places, standing_of
from companies.partners.selectors import has_consent
from companies.register.domain.numbers import NumberError
from portal.accounts.roles import Role
from tests.factories import (
    EnterpriseFactory,
    EstablishmentFactory,
    OptOutFactory,
    PartnerContactFactory,
    PartnerFactory,
    UserFactory,
    checked,
    staff,
)
from tests.profiles.rules import breaks

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
UNKNOWN = checked(87_654_321)


def opt_out(number: str, way: Way = Way.LINK, **fields: Any) -> OptOut:
    return services.opt_out(number=number, way=way, now=NOW, **fields)


def withdraw(number: str, way: Way = Way.LINK, **fields: Any) -> bool:
    return services.withdraw(number=number, way=way, now=NOW + timedelta(days=1), **fields)


# What holds


def test_a_number_that_the_register_does_not_know_can_opt_out() -> None:
    row = opt_out(UNKNOWN)
    assert (row.number, row.way, row.opted_out_at, row.opted_out_by) == (
        UNKNOWN, Way.LINK, NOW, None,
    )  # fmt: skip
    assert standing_of(UNKNOWN).is_opted_out
    assert opted_out_places() == {UNKNOWN}
    later = EstablishmentFactory(number=UNKNOWN)
    assert standing_of(later.number).in_force == [row]


def test_a_whole_enterprise_holds_for_each_of_its_places_and_those_to_come() -> None:
    enterprise = EnterpriseFactory()
    first, other = EstablishmentFactory(enterprise=enterprise), EstablishmentFactory()
    opt_out(enterprise.number)
    assert opted_out_places() == {first.number}
    second = EstablishmentFactory(enterprise=enterprise)
    assert opted_out_places() == {first.number, second.number}
    assert standing_of(second.number).is_opted_out
    assert not standing_of(other.number).is_opted_out
    assert standing_of(second.number).scopes == []


def test_one_place_says_nothing_about_the_others() -> None:
    place = EstablishmentFactory()
    beside = EstablishmentFactory(enterprise=place.enterprise)
    opt_out(place.number)
    assert not standing_of(beside.number).is_opted_out
    assert standing_of(place.number).scopes == [place.enterprise_id]
    assert standing_of(beside.number).scopes == [beside.number, place.enterprise_id]


def test_again_changes_nothing_and_tells_nobody_twice() -> None:
    first = opt_out(UNKNOWN, reason="Geen tijd")
    again = services.opt_out(number=UNKNOWN, way=Way.LINK, now=NOW + timedelta(days=9))
    assert again == first
    assert OptOut.objects.get().opted_out_at == NOW


def test_dots_do_not_matter_and_nonsense_is_refused() -> None:
    assert opt_out(f"{UNKNOWN[0]}.{UNKNOWN[1:4]}.{UNKNOWN[4:7]}.{UNKNOWN[7:]}").number == UNKNOWN
    with pytest.raises(NumberError):
        opt_out("2000000300")
    assert OptOut.objects.count() == 1


def test_consent_to_be_shown_ends_and_does_not_come_back() -> None:
    partner: Partner = PartnerFactory()
    opt_out(partner.establishment.enterprise_id)
    partner.refresh_from_db()
    assert partner.consented_at is None
    assert withdraw(partner.establishment.enterprise_id)
    partner.refresh_from_db()
    assert not has_consent(partner, SharePurpose.SHOW)


# Taking it back


def test_the_link_takes_back_what_it_made_and_the_history_stays() -> None:
    row = opt_out(UNKNOWN)
    assert withdraw(UNKNOWN)
    assert not withdraw(UNKNOWN)
    row.refresh_from_db()
    assert (row.withdrawn_way, row.withdrawn_at) == (Way.LINK, NOW + timedelta(days=1))
    assert not standing_of(UNKNOWN).is_opted_out
    second = services.opt_out(number=UNKNOWN, way=Way.LINK, now=NOW + timedelta(days=2))
    assert standing_of(UNKNOWN).in_force == [second]
    assert standing_of(UNKNOWN).past == [row]


def test_staff_take_back_only_with_a_reason() -> None:
    adviser = staff(Role.ADVISER)
    opt_out(UNKNOWN, way=Way.ADVISER, by=adviser)
    for reason in ("", "   "):
        with pytest.raises(services.ReasonMissingError):
            withdraw(UNKNOWN, way=Way.ADVISER, by=adviser, reason=reason)
    assert standing_of(UNKNOWN).is_opted_out
    assert withdraw(UNKNOWN, way=Way.ADVISER, by=adviser, reason="Belde zelf op 3 juni")
    assert not standing_of(UNKNOWN).is_opted_out


@pytest.mark.parametrize(
    ("role", "way"),
    [(Role.ADVISER, Way.ADVISER), (Role.COORDINATOR, Way.ADVISER),
     (Role.ADMINISTRATOR, Way.ADMINISTRATOR)],
)  # fmt: skip
def test_the_way_follows_from_the_role(role: Role, way: Way) -> None:
    assert services.way_of(staff(role)) is way
    assert services.way_of(UserFactory()) is Way.PARTNER


# The rules of the table


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("opt_out_number_form", {"number": "9000000000"}),
        ("opt_out_number_form", {"number": "123"}),
        ("opt_out_way_known", {"way": "pigeon"}),
        ("opt_out_person_named", {"way": Way.ADVISER}),
        ("opt_out_withdrawal_whole", {"withdrawn_at": NOW, "opted_out_at": NOW}),
        ("opt_out_withdrawal_whole", {"withdrawn_reason": "Zomaar"}),
        (
            "opt_out_withdrawal_whole",
            {"withdrawn_at": NOW - timedelta(days=1), "opted_out_at": NOW, "withdrawn_way": "link"},
        ),
    ],
)
def test_broken_rules(rule: str, fields: dict[str, Any]) -> None:
    with breaks(rule):
        OptOutFactory(**fields)


def test_through_the_link_nobody_is_named() -> None:
    with breaks("opt_out_person_named"):
        OptOutFactory(way=Way.LINK, opted_out_by=UserFactory())


def test_staff_without_a_reason_are_refused_by_the_database_too() -> None:
    row = OptOutFactory(opted_out_at=NOW)
    with breaks("opt_out_withdrawal_has_reason"):
        OptOut.objects.filter(pk=row.pk).update(
            withdrawn_at=NOW, withdrawn_by=staff(Role.ADVISER), withdrawn_way=Way.ADVISER
        )


def test_a_number_is_opted_out_once_at_a_time() -> None:
    OptOutFactory(number=UNKNOWN)
    with breaks("opt_out_once"):
        OptOutFactory(number=UNKNOWN)


def test_nothing_is_rewritten_or_deleted() -> None:
    row = OptOutFactory(number=UNKNOWN)
    rows = OptOut.objects.filter(pk=row.pk)
    for values in ({"number": checked(87_000_000)}, {"reason": "Anders"}, {"opted_out_at": NOW}):
        with breaks("opt_out_kept"):
            rows.update(**values)
    with breaks("opt_out_kept"):
        rows.delete()
    withdraw(UNKNOWN)
    with breaks("opt_out_kept"):
        rows.update(withdrawn_at=None, withdrawn_way="")


# The link and the code


@given(st.text(max_size=80))
def test_no_text_but_ours_is_a_link(text: str) -> None:
    assert links.number_of(text) is None


@given(st.integers(min_value=20_000_000, max_value=88_999_999))
def test_a_link_and_a_code_stand_for_one_number(eight: int) -> None:
    number, other = checked(eight), checked(eight - 1)
    token, code = links.token_for(number), links.code_for(number)
    assert links.number_of(token) == number
    assert links.number_of(token.replace(number, other)) is None
    assert links.is_code(number, f" {code.lower().replace('-', ' ')} ")
    assert not links.is_code(other, code)


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_part_of_a_link_is_no_link(cut: int) -> None:
    token = links.token_for(UNKNOWN)
    assert links.number_of(token[:-cut]) is None
    assert links.number_of(token + "A") is None
    assert links.number_of(token[cut:]) is None


def test_a_new_secret_key_keeps_old_links_and_codes(settings: Any) -> None:
    token, code, old = links.token_for(UNKNOWN), links.code_for(UNKNOWN), settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    assert links.number_of(token) is None
    assert not links.is_code(UNKNOWN, code)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert links.number_of(token) == UNKNOWN
    assert links.is_code(UNKNOWN, code)


# Mail


def test_contacts_are_told_with_the_way_back(django_capture_on_commit_callbacks: Any) -> None:
    partner = PartnerFactory()
    dutch = PartnerContactFactory(partner=partner).user
    english = PartnerContactFactory(partner=partner, user=UserFactory(language="en")).user
    PartnerContactFactory(partner=partner, user=UserFactory(is_active=False))
    number = partner.establishment_id
    with django_capture_on_commit_callbacks(execute=True):
        opt_out(number, origin="https://portaal.example")
    assert {tuple(one.to) for one in mail.outbox} == {(dutch.email,), (english.email,)}
    link = f"https://portaal.example{links.path_for(number)}"
    for one in mail.outbox:
        assert link in one.body
        headers = one.message()
        assert headers["List-Unsubscribe"] == f"<{link}>"
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (told,) = [one for one in mail.outbox if one.to == [english.email]]
    assert "gets no proposals any more" in told.subject
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(number, origin="https://portaal.example")
    assert len(mail.outbox) == 2
