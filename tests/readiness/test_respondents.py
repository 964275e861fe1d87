"""Several people look at one scan: taking part, differing, agreeing, settling, submitting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from assessments.readiness import selectors, services
from assessments.readiness.domain.answers import Entry, Response, fingerprint
from assessments.readiness.domain.parts import RespondentFunction
from assessments.readiness.models import Answer, Respondent, Scan, Statement
from assessments.readiness.selectors import Discussion, discussion
from assessments.readiness.services import Change
from companies.profiles.enums import MemberRole
from companies.profiles.models import Company, Membership
from portal.accounts.models import User
from tests.factories import MembershipFactory
from tests.readiness.factories import (
    answer_all,
    give_view,
    statement_of,
    submitted_scan,
)

pytestmark = pytest.mark.django_db
GUIDE, PRODUCTION = RespondentFunction.GUIDE, RespondentFunction.PRODUCTION


@pytest.fixture
def owner() -> Membership:
    return MembershipFactory(role=MemberRole.OWNER)


@pytest.fixture
def scan(owner: Membership) -> Scan:
    return services.start_scan(company=owner.company, user=owner.user)


def colleague(scan: Scan, role: MemberRole = MemberRole.READER) -> User:
    person: User = MembershipFactory(company=scan.company, role=role).user
    return person


def views(scan: Scan, *codes: Mapping[str, str]) -> list[User]:
    """One colleague for each mapping of statement slug to code; the first is a guide."""
    people = []
    for number, each in enumerate(codes):
        person = colleague(scan)
        give_view(scan, person, PRODUCTION if number else GUIDE, each)
        people.append(person)
    return people


def company_says(scan: Scan, user: User, codes: Mapping[str, str]) -> None:
    services.save_answers(
        scan_id=scan.pk,
        user=user,
        changes={
            statement_of(scan, slug).pk: Change(
                seen=fingerprint(None), typed=Entry(Response.from_code(code))
            )
            for slug, code in codes.items()
        },
    )


def settled(
    scan: Scan, user: User, slug: str, code: str, note: str = "", *, seen: Any = ...
) -> Answer:
    statement = statement_of(scan, slug)
    shown = selectors.entries(scan.pk).get(statement.pk) if seen is ... else seen
    return services.settle(
        scan_id=scan.pk,
        statement_id=statement.pk,
        user=user,
        response=Response.from_code(code),
        note=note,
        seen=fingerprint(shown),
        now=timezone.now(),
    )


def facts_version(company: Company) -> int:
    return Company.objects.get(pk=company.pk).facts_version


def found(scan: Scan, *, with_names: bool = True) -> Discussion:
    return discussion(scan, with_names=with_names)


class TestTakingPart:
    """A member joins once, with a function that can change."""

    def test_joining_again_changes_the_function(self, scan: Scan) -> None:
        guide, now = colleague(scan), timezone.now()
        services.join_scan(scan_id=scan.pk, user=guide, function=GUIDE, now=now)
        later = timezone.now()
        services.join_scan(scan_id=scan.pk, user=guide, function=PRODUCTION, now=later)
        respondent = Respondent.objects.get(scan=scan)
        assert (respondent.function, respondent.joined_at) == ("production", now)

    def test_a_view_needs_taking_part(self, scan: Scan) -> None:
        with pytest.raises(services.NotRespondentError):
            services.save_view(scan_id=scan.pk, user=colleague(scan), changes={})

    def test_nothing_after_submission(self, owner: Membership) -> None:
        scan = submitted_scan(owner.company, owner.user, {"eco": "3"})
        with pytest.raises(services.ScanClosedError):
            services.join_scan(scan_id=scan.pk, user=owner.user, function=GUIDE, now=timezone.now())
        with pytest.raises(services.ScanClosedError):
            services.save_view(scan_id=scan.pk, user=owner.user, changes={})
        with pytest.raises(services.ScanClosedError):
            settled(scan, owner.user, "energy", "3")
        with pytest.raises(services.ScanClosedError):
            services.take_over_agreed(scan_id=scan.pk, user=owner.user)


class TestSavingAView:
    """Merged statement by statement, for one person on two devices."""

    def save(self, scan: Scan, user: User, seen: Entry | None, typed: Entry | None) -> Any:
        change = Change(seen=fingerprint(seen), typed=typed)
        pk = statement_of(scan, "energy").pk
        return services.save_view(scan_id=scan.pk, user=user, changes={pk: change})

    def test_write_change_and_clear(self, scan: Scan) -> None:
        (guide,) = views(scan, {"waste": "2"})
        two = Entry(Response.from_code("2"), "de borden zijn oud")
        assert self.save(scan, guide, None, two).written
        assert self.save(scan, guide, two, Entry(Response.from_code("na"))).written
        respondent = selectors.respondent_of(scan, guide)
        assert respondent is not None
        entries = selectors.view_entries(respondent)
        assert entries[statement_of(scan, "energy").pk] == Entry(Response.from_code("na"))
        assert self.save(scan, guide, Entry(Response.from_code("na")), None).written
        assert list(selectors.view_entries(respondent)) == [statement_of(scan, "waste").pk]

    def test_the_other_device_was_first(self, scan: Scan) -> None:
        (guide,) = views(scan, {"energy": "2"})
        saved = self.save(scan, guide, None, Entry(Response.from_code("5")))
        assert saved.conflicts == (statement_of(scan, "energy").pk,)
        (item,) = found(scan).statements
        assert item.opinions[0].entry.response.level == 2

    def test_it_is_no_fact_of_the_company(self, scan: Scan) -> None:
        before = facts_version(scan.company)
        views(scan, {"energy": "2"}, {"energy": "5"})
        assert facts_version(scan.company) == before
        assert not Answer.objects.filter(scan=scan).exists()
        assert selectors.scan_scores([scan])[scan.pk].overall.value is None  # type: ignore[union-attr]

    def test_a_statement_of_another_questionnaire_is_refused(self, scan: Scan) -> None:
        (guide,) = views(scan, {})
        draft = services.draft_from(questionnaire_id=scan.questionnaire_id)
        stranger = Statement.objects.filter(transition__questionnaire=draft)[0]
        change = Change(seen=fingerprint(None), typed=Entry(Response.from_code("2")))
        with pytest.raises(IntegrityError):
            services.save_view(scan_id=scan.pk, user=guide, changes={stranger.pk: change})


class TestWhereTheyDiffer:
    """Two levels apart, between colleagues or with the company."""

    def test_points_come_by_difference_then_place(self, scan: Scan, owner: Membership) -> None:
        views(
            scan,
            {"energy": "1", "waste": "2", "circular-work": "3"},
            {"energy": "3", "waste": "5", "circular-work": "4"},
        )
        points = found(scan).points
        assert [point.statement.slug for point in points] == ["waste", "energy"]
        company_says(scan, owner.user, {"circular-work": "5"})
        assert {point.statement.slug for point in found(scan).points} == {
            "waste",
            "energy",
            "circular-work",
        }
        ids = {point.statement.pk for point in found(scan).points}
        assert set(selectors.unsettled_points(scan.pk)) == ids

    def test_one_step_and_no_level_are_no_point(self, scan: Scan, owner: Membership) -> None:
        views(scan, {"energy": "2", "waste": "unknown"}, {"energy": "3", "waste": "5"})
        company_says(scan, owner.user, {"energy": "na"})
        assert (found(scan).points, selectors.unsettled_points(scan.pk)) == ([], [])
        assert [item.statement.slug for item in found(scan).divided_on_use] == ["energy"]

    def test_the_company_alone_is_no_discussion(self, scan: Scan, owner: Membership) -> None:
        answer_all(scan, owner.user, {"eco": "3"})
        assert found(scan).statements == ()
        assert selectors.unsettled_points(scan.pk) == []

    def test_staff_sees_levels_by_function_alone(self, scan: Scan) -> None:
        guide, worker = views(scan, {"energy": "4"}, {"energy": "2"})
        respondent = selectors.respondent_of(scan, worker)
        assert respondent is not None
        respondent.answers.update(note="volgens Piet niet")
        named = found(scan).statements[0].opinions
        assert [one.name for one in named] == [guide.full_name, worker.full_name]
        assert named[1].entry.note == "volgens Piet niet"
        plain = found(scan, with_names=False)
        assert [(one.name, one.entry.note) for one in plain.statements[0].opinions] == [
            ("", ""),
            ("", ""),
        ]
        # In the order of functions, not of who was first.
        assert [voice.function for voice in plain.voices] == [PRODUCTION, GUIDE]
        assert {voice.name for voice in plain.voices} == {""}


class TestSettling:
    """An owner has the last word."""

    def test_a_settled_point_is_no_point_any_more(self, scan: Scan, owner: Membership) -> None:
        views(scan, {"energy": "1"}, {"energy": "4"})
        answer = settled(scan, owner.user, "energy", "3", "na overleg")
        assert (answer.level, answer.note) == (3, "na overleg")
        assert (answer.settled_by, answer.answered_by) == (owner.user, owner.user)
        assert found(scan).points == []
        assert [item.statement.slug for item in found(scan).settled] == ["energy"]
        assert selectors.unsettled_points(scan.pk) == []
        # Somebody who gives a view afterwards does not open it again.
        views(scan, {"energy": "5"})
        assert found(scan).points == []

    def test_evidence_stays_and_who_answered_too(self, scan: Scan, owner: Membership) -> None:
        editor = colleague(scan, MemberRole.EDITOR)
        company_says(scan, editor, {"energy": "3"})
        Answer.objects.filter(scan=scan).update(evidence="meterstanden 2026")
        answer = settled(scan, owner.user, "energy", "3")
        assert (answer.evidence, answer.answered_by) == ("meterstanden 2026", editor)
        answer = settled(scan, owner.user, "energy", "2")
        assert (answer.evidence, answer.answered_by) == ("meterstanden 2026", owner.user)

    def test_not_over_what_somebody_changed_meanwhile(self, scan: Scan, owner: Membership) -> None:
        company_says(scan, colleague(scan, MemberRole.EDITOR), {"energy": "4"})
        with pytest.raises(services.AnswerChangedError):
            settled(scan, owner.user, "energy", "2", seen=None)
        answer = Answer.objects.get(scan=scan)
        assert (answer.level, answer.settled_at) == (4, None)
        # Choosing what is stored by now is no contradiction.
        assert settled(scan, owner.user, "energy", "4", seen=None).settled_at is not None

    def test_facts_change_with_the_answer_only(self, scan: Scan, owner: Membership) -> None:
        before = facts_version(scan.company)
        settled(scan, owner.user, "energy", "3")
        assert facts_version(scan.company) == before + 1
        settled(scan, owner.user, "energy", "3")
        assert facts_version(scan.company) == before + 1


class TestTakingOver:
    """What all agree on becomes the company's answer, in one go."""

    def test_only_where_all_agree_and_the_company_is_silent(
        self, scan: Scan, owner: Membership
    ) -> None:
        editor = colleague(scan, MemberRole.EDITOR)
        views(
            scan,
            {"energy": "2", "waste": "2", "circular-work": "4", "showing-it": "3"},
            {"energy": "2", "waste": "3", "circular-work": "4"},
            {"energy": "unknown"},
        )
        company_says(scan, owner.user, {"circular-work": "1"})
        before = facts_version(scan.company)
        assert [item.statement.slug for item in found(scan).agreed] == ["energy"]
        assert services.take_over_agreed(scan_id=scan.pk, user=editor) == 1
        answer = Answer.objects.get(scan=scan, statement__slug="energy")
        assert (answer.level, answer.answered_by, answer.settled_at) == (2, editor, None)
        assert facts_version(scan.company) == before + 1
        assert services.take_over_agreed(scan_id=scan.pk, user=editor) == 0
        assert facts_version(scan.company) == before + 1


class TestSubmitting:
    """Points to discuss hold it up, until an owner settles or says that they may stand."""

    @pytest.fixture
    def editor(self, scan: Scan) -> User:
        editor = colleague(scan, MemberRole.EDITOR)
        company_says(scan, editor, {"energy": "3"})
        views(scan, {"energy": "1", "waste": "1"}, {"energy": "4", "waste": "5"})
        return editor

    def test_an_editor_waits_for_the_owner(
        self, scan: Scan, editor: User, owner: Membership
    ) -> None:
        with pytest.raises(services.UnsettledError) as caught:
            services.submit_scan(scan_id=scan.pk, user=editor, accepted=2)
        assert caught.value.count == 2
        settled(scan, owner.user, "energy", "3")
        settled(scan, owner.user, "waste", "unknown")
        assert not services.submit_scan(scan_id=scan.pk, user=editor).is_open

    @pytest.mark.parametrize("accepted", [0, 1])
    def test_an_owner_must_have_seen_how_many(
        self, scan: Scan, editor: User, owner: Membership, accepted: int
    ) -> None:
        with pytest.raises(services.UnsettledError):
            services.submit_scan(scan_id=scan.pk, user=owner.user, accepted=accepted)
        scan.refresh_from_db()
        assert scan.is_open
        assert not Answer.objects.filter(scan=scan, settled_at__isnull=False).exists()

    def test_then_the_answers_stand_as_settled(
        self, scan: Scan, editor: User, owner: Membership
    ) -> None:
        submitted = services.submit_scan(scan_id=scan.pk, user=owner.user, accepted=2)
        answer = Answer.objects.get(scan=scan)
        assert (answer.level, answer.answered_by) == (3, editor)
        assert (answer.settled_by, answer.settled_at) == (owner.user, submitted.submitted_at)
        # The company never answered the other one: it stays an open point of the score.
        assert not Answer.objects.filter(scan=scan, statement__slug="waste").exists()

    def test_an_owner_of_another_company_is_no_owner_here(self, scan: Scan, editor: User) -> None:
        stranger = MembershipFactory(role=MemberRole.OWNER).user
        with pytest.raises(services.UnsettledError):
            services.submit_scan(scan_id=scan.pk, user=stranger, accepted=2)
