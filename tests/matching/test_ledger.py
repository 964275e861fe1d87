"""The ledger at work: steps, opinions, room, rest, contact; and clicks that count for nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from assessments.matching import services
from assessments.matching.domain.fingerprint import fingerprint
from assessments.matching.domain.introductions import (
    Reason,
    ReasonError,
    Side,
    Step,
    Transition,
    WrongSideError,
    WrongStateError,
)
from assessments.matching.domain.policy import CONTACT_ASKED, CONTACT_INTRODUCED
from assessments.matching.enums import Opinion
from assessments.matching.models import Interaction, Introduction, Match
from assessments.matching.selectors.answers import answers_for
from assessments.matching.selectors.encode import encode
from assessments.matching.selectors.ledger import kept_triples
from assessments.matching.selectors.policies import published_policy
from companies.partners.opt_out.models import Way
from companies.partners.opt_out.services import opt_out
from companies.profiles.models import Company
from companies.register.models import Establishment
from portal.accounts.models import User
from portal.common.vocabulary import Opportunity
from tests.factories import UserFactory
from tests.matching.factories import (
    chocolate_maker,
    full_run,
    introduction,
    matched_company,
    opinion,
    stored_match,
)

pytestmark = pytest.mark.django_db
ENCLAVE = Opportunity.ENCLAVE
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TODAY = date(2026, 11, 25)


@pytest.fixture
def company() -> Company:
    return matched_company()


@pytest.fixture
def user() -> User:
    return UserFactory()


def about(match: Match, side: Side = Side.COMPANY) -> services.Subject:
    return services.Subject(
        company_id=match.company_id,
        opportunity=Opportunity(match.opportunity),
        establishment_number=match.establishment_id,
        side=side,
    )


def begin(match: Match, by: User, step: Step | None = None) -> Introduction:
    return services.begin_introduction(
        company_id=match.company_id,
        opportunity=Opportunity(match.opportunity),
        establishment_number=match.establishment_id,
        step=step or Step(transition=Transition.ASK, side=Side.COMPANY),
        by=by,
        now=NOW,
    )


def go_on(found: Introduction, user: User, step: Step, *, seen: int | None = None) -> None:
    services.take_step(
        introduction_id=found.pk,
        step=step,
        seen=found.steps.count() if seen is None else seen,
        by=user,
        now=NOW,
    )


def problem(today: date = TODAY) -> Any:
    policy = published_policy()
    assert policy is not None
    return encode(policy, today=today).problem


def key(company: Company, place: Establishment) -> tuple[int, int, Opportunity]:
    return (int(company.enterprise_number), int(place.number), ENCLAVE)


# Steps


def test_a_company_asks_to_meet_a_partner_and_the_adviser_takes_it_from_there(
    company: Company, user: User
) -> None:
    match = stored_match(company)
    begun = begin(match, user)
    assert begun.match == match
    go_on(begun, user, Step(transition=Transition.CONTACT, side=Side.ADVISER, words=" Gebeld "))
    begun.refresh_from_db()
    assert begun.state == "contacted"
    steps = list(begun.steps.values_list("number", "transition", "side", "words"))
    assert steps == [(1, "ask", "company", ""), (2, "contact", "adviser", "Gebeld")]
    # Who asks to meet a partner finds the match relevant.
    assert Interaction.objects.get().opinion == Opinion.INTERESTED


def test_two_people_do_not_take_the_next_step_both(company: Company, user: User) -> None:
    begun = introduction(company)
    go_on(begun, user, Step(transition=Transition.CONTACT, side=Side.ADVISER))
    with pytest.raises(services.StepMovedError):
        go_on(
            begun,
            user,
            Step(transition=Transition.COMPANY_DECLINES, side=Side.COMPANY, reason=Reason.PRICE),
            seen=1,
        )
    with pytest.raises(WrongStateError):
        go_on(begun, user, Step(transition=Transition.CONTACT, side=Side.ADVISER))
    with pytest.raises(WrongSideError):
        go_on(begun, user, Step(transition=Transition.SHOW_INTEREST, side=Side.COMPANY))
    assert begun.steps.count() == 2


def test_an_introduction_under_way_is_not_begun_again(company: Company, user: User) -> None:
    match = stored_match(company)
    begin(match, user)
    with pytest.raises(services.AlreadyOpenError):
        begin(match, user)
    assert Introduction.objects.count() == 1


def test_nothing_moves_for_a_company_that_is_closed_or_not_verified(
    company: Company, user: User
) -> None:
    match = stored_match(company)
    begun = begin(match, user)
    Company.objects.filter(pk=company.pk).update(
        closed_at=NOW, closed_by=user, close_reason="Fusie"
    )
    with pytest.raises(services.CompanyNotOpenError):
        go_on(begun, user, Step(transition=Transition.CONTACT, side=Side.ADVISER))
    with pytest.raises(services.CompanyNotOpenError):
        services.mark_interested(about=about(match), by=user, now=NOW)
    assert not Introduction.objects.open().exists()  # its room is free for others
    Company.objects.filter(pk=company.pk).update(
        closed_at=None,
        closed_by=None,
        close_reason="",
        status="pending",
        decided_at=None,
        decided_by=None,
    )
    with pytest.raises(services.CompanyNotOpenError):
        begin(stored_match(company), user)


# Opinions


def test_the_newest_opinion_counts_and_every_one_is_kept(company: Company, user: User) -> None:
    match = stored_match(company, proposed=True)
    one = about(match)
    assert services.note_seen(about=one, by=user, now=NOW)
    assert not services.note_seen(about=one, by=user, now=NOW)  # noted once
    assert services.mark_interested(about=one, by=user, now=NOW)
    assert not services.mark_interested(about=one, by=user, now=NOW)
    refuse = {"about": one, "reason": Reason.PRICE, "words": " te duur ", "by": user, "now": NOW}
    assert services.mark_not_relevant(**refuse)
    assert not services.mark_not_relevant(**refuse)
    assert services.take_back(about=one, by=user, now=NOW)
    assert not services.take_back(about=one, by=user, now=NOW)
    rows = list(Interaction.objects.order_by("pk").values_list("opinion", "reason", "words"))
    assert rows == [
        ("seen", "", ""),
        ("interested", "", ""),
        ("not_relevant", "price", "te duur"),
        ("undone", "", ""),
    ]
    assert {row.proposed for row in Interaction.objects.all()} == {True}


def test_a_refusal_gives_its_reason_and_another_one_its_words(company: Company, user: User) -> None:
    one = about(stored_match(company))
    for reason, words in ((Reason.OTHER, " "), (Reason.COMPLETED, "klaar")):
        with pytest.raises(ReasonError):
            services.mark_not_relevant(about=one, reason=reason, words=words, by=user, now=NOW)
    assert not Interaction.objects.exists()


def test_what_is_under_way_is_declined_there_and_not_marked(company: Company, user: User) -> None:
    match = stored_match(company)
    begin(match, user)
    with pytest.raises(services.AlreadyOpenError):
        services.mark_not_relevant(about=about(match), reason=Reason.PRICE, by=user, now=NOW)


def test_taking_back_is_booked_on_the_policy_of_what_it_undoes(
    company: Company, user: User
) -> None:
    chocolate_maker()
    full_run()
    match = Match.objects.get(company=company, opportunity=ENCLAVE.value)
    services.mark_interested(about=about(match), by=user, now=NOW)
    old = published_policy()
    assert old is not None
    services.publish(policy=services.draft_from(policy=old), by=user)
    full_run()
    services.take_back(about=about(match), by=user, now=NOW)
    assert {row.policy for row in Interaction.objects.all()} == {old}
    services.mark_interested(about=about(match), by=user, now=NOW)
    newest = Interaction.objects.order_by("pk").last()
    assert newest is not None
    assert newest.policy == published_policy()


def test_a_rerun_and_a_match_that_is_not_found_any_more_lose_nothing(
    company: Company, user: User
) -> None:
    place = chocolate_maker()
    full_run()
    match = Match.objects.get(company=company, opportunity=ENCLAVE.value)
    begun = begin(match, user)
    Establishment.objects.filter(pk=place.pk).update(is_active=False)
    full_run()
    match.refresh_from_db()
    begun.refresh_from_db()
    assert match.is_stale
    assert (begun.match, begun.state) == (match, "company_agrees")
    assert Interaction.objects.count() == 1


# Limit 5


@pytest.mark.parametrize(
    ("today", "rests"),
    [
        (date(2026, 11, 25), True),
        (date(2027, 11, 24), True),  # day 365
        (date(2027, 11, 25), False),
    ],
)
def test_a_refusal_rests_for_the_days_of_the_policy(
    company: Company, today: date, rests: bool
) -> None:
    place = chocolate_maker()
    opinion(company, "not_relevant", establishment=place, reason="price", given_at=NOW)
    assert (key(company, place) in problem(today).resting) == rests
    other = chocolate_maker()
    introduction(company, "ask", "company_declines", establishment=other, at=NOW)
    assert (key(company, other) in problem(today).resting) == rests


def test_the_day_of_a_refusal_is_the_day_in_flanders(company: Company) -> None:
    place = chocolate_maker()
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # half past midnight on the 25th
    opinion(company, "not_relevant", establishment=place, reason="price", given_at=late)
    assert key(company, place) in problem(date(2027, 11, 24)).resting
    assert key(company, place) not in problem(date(2027, 11, 25)).resting


def test_what_rests_is_not_found_and_why_not_says_so(company: Company, user: User) -> None:
    place = chocolate_maker()
    full_run()
    match = Match.objects.get(company=company, opportunity=ENCLAVE.value)
    services.mark_not_relevant(
        about=about(match), reason=Reason.DISTANCE, by=user, now=timezone.now()
    )
    (run_id,) = services.queue_behind()
    assert services.execute(run_id=run_id)
    match.refresh_from_db()
    assert match.is_stale
    _, answers = answers_for(company, place.number, today=timezone.localdate())
    limits = {answer.opportunity: answer.limit for answer in answers}
    assert limits[ENCLAVE] == "resting"
    assert limits[Opportunity.RESHORING] != "resting"
    assert services.queue_behind() == []
    services.take_back(about=about(match), by=user, now=timezone.now())
    (run_id,) = services.queue_behind()
    assert services.execute(run_id=run_id)
    match.refresh_from_db()
    assert not match.is_stale


def test_a_partner_that_does_not_want_it_rests_too(company: Company) -> None:
    place = chocolate_maker()
    opinion(
        company,
        "not_relevant",
        side="partner",
        establishment=place,
        reason="no_need",
        given_at=NOW,
    )
    opinion(company, "interested", establishment=place, given_at=NOW)
    assert key(company, place) in problem().resting


# Contact


def test_contact_follows_the_ledger(company: Company, user: User) -> None:
    asked, met, agreed, only_wished, declined = (chocolate_maker() for _ in range(5))
    partner_asks = Step(transition=Transition.PROPOSE, side=Side.PARTNER)
    begin(stored_match(company, establishment=asked), user, partner_asks)
    introduction(company, "ask", "contact", establishment=met)
    introduction(
        company, "ask", "contact", "show_interest", "sign", "start", "end", establishment=agreed
    )
    introduction(company, establishment=only_wished)
    introduction(company, "ask", "contact", "partner_declines", establishment=declined)
    assert problem().contacts == {
        key(company, asked): CONTACT_ASKED,
        key(company, met): CONTACT_INTRODUCED,
        key(company, agreed): CONTACT_ASKED,
    }


def test_contact_raises_the_score_by_its_weight(company: Company) -> None:
    place = chocolate_maker()
    full_run()
    before = Match.objects.get(company=company, opportunity=ENCLAVE.value).score
    introduction(company, "ask", "contact", "show_interest", "sign", establishment=place)
    full_run()
    after = Match.objects.get(company=company, opportunity=ENCLAVE.value)
    assert after.score == before + 35_000  # 0.05 x (1 - 0.3)


# Clicks


def test_a_thousand_looks_and_marks_change_no_score(company: Company, user: User) -> None:
    near, far = chocolate_maker(km_east=2), chocolate_maker(km_east=20)
    full_run()
    columns = ("establishment_id", "opportunity", "rank", "score", "components", "equal_others")
    before = list(Match.objects.order_by("pk").values_list(*columns))
    hashed = fingerprint(problem())
    Interaction.objects.bulk_create(
        Interaction(
            company=company,
            opportunity=ENCLAVE.value,
            establishment=far,
            side=side,
            opinion=said,
            given_at=NOW + timedelta(seconds=number),
            given_by=user,
        )
        for number in range(500)
        for side, said in (("company", "seen"), ("partner", "interested"))
    )
    assert fingerprint(problem()) == hashed
    assert services.queue_behind() == []
    full_run()
    assert list(Match.objects.order_by("pk").values_list(*columns)) == before
    assert near.pk in {row[0] for row in before}


# Room


def test_open_introductions_use_up_the_room_of_the_company(company: Company) -> None:
    places = [chocolate_maker(km_east=km) for km in range(1, 8)]
    introduction(company, establishment=places[6])
    introduction(company, establishment=chocolate_maker(km_east=200))  # no candidate at all
    introduction(company, "ask", "company_declines", establishment=chocolate_maker(km_east=201))
    full_run()
    rows = Match.objects.filter(company=company, opportunity=ENCLAVE.value)
    assert rows.filter(proposed=True).count() == 5 - 2
    assert not rows.get(establishment=places[6]).proposed  # under way, not proposed again


def test_open_introductions_use_up_the_room_of_the_partner() -> None:
    place = chocolate_maker()
    companies = [matched_company() for _ in range(3)]
    for one in companies[:2]:
        introduction(one, establishment=place)
    full_run()
    assert Match.objects.filter(establishment=place, proposed=True).count() == 3 - 2
    # On demand the same, and a proposal that became an introduction counts once.
    (proposed,) = Match.objects.filter(establishment=place, proposed=True)
    introduction(
        proposed.company, establishment=place, opportunity=proposed.opportunity, match=proposed
    )
    other = next(one for one in companies if one.pk != proposed.company_id)
    services.execute(run_id=services.queue_company_run(company_id=other.pk).pk)
    assert not Match.objects.filter(establishment=place, proposed=True, company=other).exists()


def test_a_proposal_that_was_seen_stays_while_better_ones_come(company: Company) -> None:
    first = [chocolate_maker(km_east=10 + km) for km in range(5)]
    full_run()
    enclave = Match.objects.filter(company=company, opportunity=ENCLAVE.value, proposed=True)
    assert set(enclave.values_list("establishment_id", flat=True)) == {p.pk for p in first}
    opinion(company, "seen", establishment=first[4])
    opinion(company, "interested", establishment=first[3], side="partner")
    opinion(company, "interested", establishment=first[2])
    opinion(company, "undone", establishment=first[2])
    assert {triple[2] for triple in kept_triples([company.pk])} == {p.pk for p in first[2:]}
    better = [chocolate_maker(km_east=1) for _ in range(5)]
    full_run()
    proposed = set(enclave.values_list("establishment_id", flat=True))
    assert {p.pk for p in first[2:]} <= proposed
    assert len(proposed & {p.pk for p in better}) == 2


def test_nobody_is_introduced_to_a_partner_that_opted_out(company: Company, user: User) -> None:
    match = stored_match(company)
    opt_out(number=match.establishment_id, way=Way.LINK, now=NOW)
    with pytest.raises(services.OptedOutError):
        begin(match, user)
    assert not Introduction.objects.exists()
