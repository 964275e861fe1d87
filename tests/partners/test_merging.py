"""Two numbers of one place: everything moves, nothing is lost, or nothing happens at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pghistory.models
import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.matching.models import Match
from companies.partners import access
from companies.partners.merging import relations, services
from companies.partners.merging.models import EstablishmentMerge
from companies.partners.merging.relations import Rule, reachable, registered
from companies.partners.merging.selectors import continued_as, surviving_partner, survivors_among
from companies.partners.merging.services import MergeRefusedError, merge, plan_of
from companies.partners.models import Partner, PartnerContact, PartnerNeed
from companies.partners.opt_out.models import Way
from companies.partners.opt_out.selectors import standing_of
from companies.partners.services import withdraw_consent
from companies.profiles.models import Competence
from companies.register.models import KnownNumber
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.common.vocabulary import Opportunity
from tests.factories import (
    EstablishmentFactory,
    OptOutFactory,
    PartnerContactFactory,
    PartnerFactory,
    PartnerNeedFactory,
    UserFactory,
    checked,
    staff,
)
from tests.matching.factories import matched_company, stored_match
from tests.profiles.rules import breaks

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def administrator() -> User:
    return staff(Role.ADMINISTRATOR)


@pytest.fixture
def stays() -> Partner:
    """A partner with a need and a contact, at the number that stays."""
    partner: Partner = PartnerFactory(description="Bakt koek", establishment__name="Koek nv")
    PartnerNeedFactory(partner=partner, amount=8, radius_km=20)
    PartnerContactFactory(partner=partner)
    return partner


@pytest.fixture
def ends() -> Partner:
    """The same place under its old number."""
    partner: Partner = PartnerFactory(description="Bakt ook koek", establishment__name="Koek bvba")
    PartnerNeedFactory(partner=partner, amount=5, radius_km=20)
    PartnerNeedFactory(
        partner=partner, opportunity=Opportunity.RESHORING.value, unit="volume", amount=9
    )
    PartnerContactFactory(partner=partner)
    return partner


def do_merge(
    stays: Partner | str, ends: Partner | str, by: User, chosen: dict[str, str] | None = None
) -> EstablishmentMerge:
    survivor, loser = (
        one if isinstance(one, str) else one.establishment_id for one in (stays, ends)
    )
    return merge(
        survivor=survivor,
        loser=loser,
        chosen=chosen or {},
        seen=plan_of(survivor=survivor, loser=loser).seen,
        note="Overname, zelfde adres",
        by=by,
        now=NOW,
    )


def did(merged: EstablishmentMerge, what: str) -> list[str]:
    return sorted(entry["relation"] for entry in merged.moved if entry["did"] == what)


# Nothing is forgotten


def test_every_relation_to_a_place_or_partner_says_what_a_merge_does_with_it() -> None:
    """A table added later needs a line in its room's ``AppConfig.ready()``."""
    met = {name for name, relation in reachable().items() if not relation.is_history}
    assert met - registered() == set(), "what does a merge do with these?"
    assert registered() - met == set(), "these relations are gone"


def test_no_history_is_rewritten(stays: Partner, ends: Partner, administrator: User) -> None:
    events = apps.get_model("partners", "PartnerEvent").objects.filter(pgh_obj_id=ends.pk)
    before = list(events.order_by("pgh_id").values_list("pgh_id", "establishment_id"))
    do_merge(stays, ends, administrator)
    assert before == list(events.order_by("pgh_id").values_list("pgh_id", "establishment_id"))
    need = PartnerNeed.objects.get(partner=stays, opportunity="reshoring")
    told = apps.get_model("partners", "PartnerNeedEvent").objects.filter(pgh_obj=need)
    assert list(told.order_by("pgh_id").values_list("partner_id", flat=True)) == [ends.pk, stays.pk]


# What moves


def test_needs_contacts_and_matches_move(
    stays: Partner, ends: Partner, administrator: User
) -> None:
    company = matched_company()
    match = stored_match(company, establishment=ends.establishment, proposed=True)
    merged = do_merge(stays, ends, administrator)
    assert set(stays.needs.values_list("opportunity", flat=True)) == {"enclave", "reshoring"}
    assert stays.contacts.count() == 2
    match.refresh_from_db()
    assert match.establishment_id == stays.establishment_id
    assert did(merged, "moved") == [
        "matching.Match.establishment",
        "partners.PartnerContact.partner",
        "partners.PartnerNeed.partner",
    ]
    assert (merged.merged_by, merged.merged_at, merged.note) == (
        administrator, NOW, "Overname, zelfde adres",
    )  # fmt: skip
    assert KnownNumber.objects.filter(number=stays.establishment.enterprise_id).exists()


def test_a_partner_moves_as_a_whole_to_a_place_without_one(
    ends: Partner, administrator: User
) -> None:
    place = EstablishmentFactory()
    do_merge(place.number, ends, administrator)
    ends.refresh_from_db()
    assert ends.establishment == place
    assert ends.needs.count() == 2
    assert ends in access.partners_visible_to(administrator)


def test_what_both_have_stands_once_and_what_hangs_on_it_goes_along(
    stays: Partner, ends: Partner, administrator: User
) -> None:
    person = UserFactory()
    for partner in (stays, ends):
        PartnerContactFactory(partner=partner, user=person)
    haccp, brc = Competence.objects.filter(slug__in=("haccp", "brc")).order_by("-slug")
    stays.needs.get(opportunity="enclave").competences.set([haccp])
    ends.needs.get(opportunity="enclave").competences.set([haccp, brc])
    company = matched_company()
    first = stored_match(company, establishment=stays.establishment)
    second = stored_match(company, establishment=ends.establishment)
    merged = do_merge(stays, ends, administrator)
    need = stays.needs.get(opportunity="enclave")
    assert set(need.competences.all()) == {haccp, brc}
    assert need.amount == 8
    assert stays.contacts.filter(user=person).count() == 1
    for row in (first, second):
        row.refresh_from_db()
    assert first.establishment_id == stays.establishment_id
    assert second.establishment_id == ends.establishment_id  # kept, and no longer shown
    assert did(merged, "kept") == [
        "matching.Match.establishment",
        "partners.Partner.establishment",
        "partners.PartnerConsent.partner",
        "partners.PartnerContact.partner",
        "partners.PartnerNeed.partner",
        "partners.PartnerNeed_competences.partnerneed",
    ]


def test_where_the_two_differ_a_person_chooses_field_by_field(
    stays: Partner, ends: Partner, administrator: User
) -> None:
    plan = plan_of(survivor=stays.establishment_id, loser=ends.establishment_id)
    need = stays.needs.get(opportunity="enclave")
    keys = {choice.key for choice in plan.choices}
    description = f"partners.partner-{stays.pk}-description"
    amount = f"partners.partnerneed-{need.pk}-amount"
    assert keys == {description, amount}
    since, who = stays.consented_at, stays.consented_by
    merged = do_merge(stays, ends, administrator, {amount: "loser", description: "survivor"})
    stays.refresh_from_db()
    need.refresh_from_db()
    assert (stays.description, need.amount) == ("Bakt koek", 5)
    assert (stays.consented_at, stays.consented_by) == (since, who)
    lost = {
        field["field"]: field["ends"]
        for entry in merged.moved
        if entry["did"] == "chosen"
        for field in entry["fields"]
    }
    assert lost["amount"] == 8
    assert lost["description"] == "Bakt ook koek"
    assert set(lost) == {"amount", "description"}


def test_a_consent_goes_along_to_who_had_none_and_the_columns_follow(
    stays: Partner, ends: Partner, administrator: User
) -> None:
    withdraw_consent(partner_id=stays.pk)
    given = ends.consents.open().get()
    do_merge(stays, ends, administrator)
    given.refresh_from_db()
    stays.refresh_from_db()
    assert given.partner == stays
    assert (stays.consented_at, stays.consented_by) == (given.given_at, given.given_by)


@pytest.mark.parametrize("whole", [False, True])
def test_an_opt_out_holds_for_the_number_that_stays(
    stays: Partner, ends: Partner, administrator: User, whole: bool
) -> None:
    number = ends.establishment.enterprise_id if whole else ends.establishment_id
    old = OptOutFactory(number=number)
    do_merge(stays, ends, administrator)
    (row,) = standing_of(stays.establishment_id).in_force
    assert (row.way, row.opted_out_by) == (Way.MERGE, administrator)
    old.refresh_from_db()
    assert old.is_in_force
    stays.refresh_from_db()
    assert stays.consented_at is None


# Afterwards


def test_the_old_number_is_an_entry_that_points_to_the_new_one(
    stays: Partner, ends: Partner, administrator: User
) -> None:
    do_merge(stays, ends, administrator)
    assert continued_as(ends.establishment_id) == stays.establishment_id
    assert surviving_partner(ends.pk) == stays.pk
    assert surviving_partner(stays.pk) is None
    visible = access.partners_visible_to(administrator)
    assert set(visible.filter(pk__in=(stays.pk, ends.pk))) == {stays}
    third = EstablishmentFactory()
    do_merge(third.number, stays, administrator)
    assert continued_as(ends.establishment_id) == third.number
    numbers = [ends.establishment_id, stays.establishment_id, third.number, "2000000339"]
    assert survivors_among(numbers) == dict.fromkeys(numbers[:2], third.number)


def test_a_log_of_a_merge_is_kept(stays: Partner, ends: Partner, administrator: User) -> None:
    rows = EstablishmentMerge.objects.filter(pk=do_merge(stays, ends, administrator).pk)
    with breaks("merge_kept"):
        rows.update(note="Anders")
    with breaks("merge_kept"):
        rows.delete()


# What is refused, and what stays as it was


def state() -> list[Any]:
    """Everything that a merge could touch."""
    return [
        list(model._base_manager.order_by("pk").values_list())
        for model in (Partner, PartnerNeed, PartnerContact, Match, EstablishmentMerge,
                      PartnerNeed.competences.through, pghistory.models.Context)
    ]  # fmt: skip


def refused(code: str, survivor: str, loser: str, by: User, **fields: Any) -> None:
    before = state()
    values = {"chosen": {}, "seen": "", "note": "x", "by": by, "now": NOW} | fields
    with pytest.raises(MergeRefusedError) as caught:
        merge(survivor=survivor, loser=loser, **values)
    assert caught.value.code == code
    assert state() == before


def test_what_cannot_be_merged(stays: Partner, ends: Partner, administrator: User) -> None:
    one, other = stays.establishment_id, ends.establishment_id
    refused("same", one, one, administrator)
    refused("not_found", one, checked(87_000_000), administrator)
    gone = EstablishmentFactory(is_active=False).number
    refused("inactive", gone, one, administrator)
    refused("changed", one, other, administrator, seen="what another page showed")
    do_merge(stays, ends, administrator)
    refused("merged", other, EstablishmentFactory().number, administrator)
    refused("merged", EstablishmentFactory().number, other, administrator)


def test_a_change_behind_the_page_is_noticed(
    stays: Partner, ends: Partner, administrator: User
) -> None:
    one, other = stays.establishment_id, ends.establishment_id
    seen = plan_of(survivor=one, loser=other).seen
    ends.needs.filter(opportunity="enclave").update(amount=6)
    refused("changed", one, other, administrator, seen=seen)


def test_an_interrupted_merge_changes_nothing(
    stays: Partner, ends: Partner, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, moved = state(), []

    def breaks_down(step: Any) -> dict[str, Any]:
        if len(moved) == 2:
            raise ConnectionError
        moved.append(step)
        return original(step)

    original = services._move
    monkeypatch.setattr(services, "_move", breaks_down)
    with pytest.raises(ConnectionError):
        do_merge(stays, ends, administrator)
    assert len(moved) == 2
    assert state() == before


@pytest.fixture
def rule_of_contacts() -> Iterator[Any]:
    """Give the contacts another rule for one test."""
    name = "partners.PartnerContact.partner"
    kept = relations._handlings[name]
    yield lambda rule, **fields: relations.register(name, rule, **fields)
    relations._handlings[name] = kept


def test_what_people_must_settle_first_stops_the_merge(
    stays: Partner, ends: Partner, administrator: User, rule_of_contacts: Any
) -> None:
    rule_of_contacts(Rule.ALONE)
    one, other = stays.establishment_id, ends.establishment_id
    plan = plan_of(survivor=one, loser=other)
    assert plan.obstacles == []
    same = stays.contacts.get().user
    row = PartnerContactFactory(partner=ends, user=same)
    plan = plan_of(survivor=one, loser=other)
    assert [step.row for step in plan.obstacles] == [row]
    refused("obstacles", one, other, administrator, seen=plan.seen)


def test_rows_that_a_trigger_keeps_move_only_when_their_room_lifts_it(
    stays: Partner, ends: Partner, administrator: User, rule_of_contacts: Any
) -> None:
    """As a ledger would have it, here on the contacts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION kept_for_test() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'kept' USING ERRCODE = 'check_violation'; END $$; "
            "CREATE TRIGGER kept_for_test BEFORE UPDATE ON partners_partnercontact "
            "FOR EACH ROW EXECUTE FUNCTION kept_for_test()"
        )
    one, other = stays.establishment_id, ends.establishment_id
    seen = plan_of(survivor=one, loser=other).seen
    refused("rule", one, other, administrator, seen=seen)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER kept_for_test ON partners_partnercontact")
    rule_of_contacts(Rule.CARRY, lifted=("partners.PartnerContact:update_update",))
    contact = ends.contacts.get()
    do_merge(stays, ends, administrator)
    contact.refresh_from_db()
    assert contact.partner == stays
    events = apps.get_model("partners", "PartnerContactEvent").objects
    assert events.filter(pgh_obj=contact).count() == 1  # the trigger that was lifted slept
    needs = apps.get_model("partners", "PartnerNeedEvent").objects
    moved = stays.needs.get(opportunity="reshoring")
    assert needs.filter(pgh_obj=moved).count() == 2  # the others did not


# The rules of the table


@pytest.mark.parametrize(
    ("rule", "loser", "survivor"),
    [
        ("merge_number_form", "0200065765", "2000000339"),
        ("merge_number_form", "2000000339", "12"),
        ("merge_of_two", "2000000339", "2000000339"),
    ],
)
def test_broken_rules(rule: str, loser: str, survivor: str, administrator: User) -> None:
    with breaks(rule):
        record(loser, survivor, administrator)


def record(loser: str, survivor: str, by: User) -> EstablishmentMerge:
    return EstablishmentMerge.objects.create(
        loser=loser, survivor=survivor, merged_at=timezone.now(), merged_by=by, note="x"
    )


def test_a_number_ends_once_and_what_ended_survives_nothing(administrator: User) -> None:
    a, b, c = (EstablishmentFactory().number for _ in range(3))
    record(a, b, administrator)
    with breaks("partners_establishmentmerge_loser_key"):
        record(a, c, administrator)
    with breaks("merge_survivor_stands"):
        record(c, a, administrator)


def test_the_plan_asks_the_database_little(stays: Partner, ends: Partner) -> None:
    """Once for each kind of rows, and once for each row to look for its twin."""
    counts = []
    for number in (1, 4):
        for _ in range(number):
            PartnerContactFactory(partner=ends)
        with CaptureQueriesContext(connection) as captured:
            plan_of(survivor=stays.establishment_id, loser=ends.establishment_id)
        counts.append(len(captured))
    assert counts[1] - counts[0] == 4
