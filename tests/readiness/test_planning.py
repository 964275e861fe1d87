"""Taking steps on: the services, two people at once, and the rules of the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from assessments.readiness import services
from assessments.readiness.domain.planning import StepPlan, StepState
from assessments.readiness.models import PlannedStep, Scan, Statement
from assessments.readiness.services import draft_from, publish_questionnaire
from companies.profiles.enums import MemberRole
from companies.profiles.models import Company, Membership
from portal.common.refusals import message_of
from tests.factories import CompanyFactory, MembershipFactory, UserFactory
from tests.profiles.rules import breaks
from tests.readiness.factories import answered_scan, submitted_scan

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)  # 23:30 in Brussels
TODAY = date(2026, 11, 25)


@pytest.fixture
def member() -> Membership:
    return MembershipFactory(role=MemberRole.EDITOR)


@pytest.fixture
def scan(member: Membership) -> Scan:
    return submitted_scan(member.company, member.user, {"eco": "2", "human": "4", "wcmt": "na"})


def statement(scan: Scan, part: str = "eco", place: int = 0) -> Statement:
    return Statement.objects.filter(
        transition__questionnaire=scan.questionnaire_id, transition__slug=part
    ).order_by("position")[place]


def agreed(member: Membership, **fields: Any) -> StepPlan:
    plan = StepPlan(
        owner_id=member.user_id, due_on=TODAY + timedelta(days=30), target_level=3, remark="Samen"
    )
    return replace(plan, **fields)


def planned(scan: Scan, member: Membership, place: int = 0, **fields: Any) -> PlannedStep:
    return services.plan_step(
        scan_id=scan.pk,
        statement_id=statement(scan, place=place).pk,
        plan=agreed(member, **fields),
        by=member.user,
        now=NOW,
    )


def move(step: PlannedStep, to: StepState, by: Any, seen: str = "") -> PlannedStep:
    return services.move_step(step_id=step.pk, seen=seen or step.fingerprint, to=to, by=by, now=NOW)


class TestPlanning:
    """A step needs a level to start from, a member and a day."""

    def test_who_what_and_when_are_kept(self, scan: Scan, member: Membership) -> None:
        step = planned(scan, member)
        step.refresh_from_db()
        assert step.plan == agreed(member)
        assert (step.company, step.scan, step.state) == (member.company, scan, StepState.PLANNED)
        assert (step.planned_at, step.planned_by) == (NOW, member.user)

    def test_the_last_minute_of_today_is_today(self, scan: Scan, member: Membership) -> None:
        assert planned(scan, member, due_on=TODAY).due_on == TODAY

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
            ({"due_on": date(2037, 1, 1)}, "due_on"),
            ({"target_level": 2}, "target_level"),
            ({"target_level": 6}, "target_level"),
        ],
    )
    def test_what_is_refused(
        self, scan: Scan, member: Membership, fields: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(services.PlanRefusedError) as refused:
            planned(scan, member, **fields)
        assert refused.value.field == field
        assert not PlannedStep.objects.exists()

    def test_the_owner_acts_for_the_company(self, scan: Scan, member: Membership) -> None:
        stranger = MembershipFactory().user
        with pytest.raises(services.PlanRefusedError, match="owner"):
            planned(scan, member, owner_id=stranger.pk)

    @pytest.mark.parametrize("part", ["human", "wcmt", "digital"])
    def test_no_step_from_level_4_nor_without_a_level(
        self, scan: Scan, member: Membership, part: str
    ) -> None:
        with pytest.raises(services.PlanRefusedError, match="target_level"):
            services.plan_step(
                scan_id=scan.pk,
                statement_id=statement(scan, part).pk,
                plan=agreed(member, target_level=5),
                by=member.user,
                now=NOW,
            )

    def test_a_statement_of_another_version_is_not_there(
        self, scan: Scan, member: Membership
    ) -> None:
        draft = draft_from(questionnaire_id=scan.questionnaire_id)
        elsewhere = Statement.objects.filter(transition__questionnaire=draft)[0]
        with pytest.raises(Statement.DoesNotExist):
            services.plan_step(
                scan_id=scan.pk,
                statement_id=elsewhere.pk,
                plan=agreed(member),
                by=member.user,
                now=NOW,
            )

    def test_once_until_it_ends_also_in_a_new_version(self, scan: Scan, member: Membership) -> None:
        first = planned(scan, member)
        with pytest.raises(services.StepPlannedError):
            planned(scan, member)
        draft = draft_from(questionnaire_id=scan.questionnaire_id)
        publish_questionnaire(questionnaire_id=draft.pk, user=UserFactory())
        later = submitted_scan(member.company, member.user, {"eco": "2"})
        assert later.questionnaire_id != scan.questionnaire_id
        with pytest.raises(services.StepPlannedError):
            planned(later, member)
        move(first, StepState.DROPPED, member.user)
        assert planned(later, member).scan == later

    def test_every_write_is_in_the_history(self, scan: Scan, member: Membership) -> None:
        step = planned(scan, member)
        move(step, StepState.DONE, member.user)
        events = step.events.order_by("pgh_id")  # type: ignore[attr-defined]
        assert [event.done_at is None for event in events] == [True, False]


class TestChanging:
    """A change is written over what its author saw, and over nothing else."""

    def change(self, step: PlannedStep, seen: str, plan: StepPlan) -> PlannedStep:
        return services.change_step(step_id=step.pk, seen=seen, plan=plan, now=NOW)

    def test_owner_day_target_and_remark(self, scan: Scan, member: Membership) -> None:
        step = planned(scan, member)
        colleague = MembershipFactory(company=member.company, role=MemberRole.READER)
        plan = StepPlan(owner_id=colleague.user_id, due_on=TODAY, target_level=4, remark="")
        assert self.change(step, step.fingerprint, plan).plan == plan

    def test_a_past_day_may_stay_but_not_come(self, scan: Scan, member: Membership) -> None:
        step = planned(scan, member)
        later = NOW + timedelta(days=60)
        plan = agreed(member, remark="Nog bezig")
        changed = services.change_step(step_id=step.pk, seen=step.fingerprint, plan=plan, now=later)
        assert changed.remark == "Nog bezig"
        with pytest.raises(services.PlanRefusedError, match="due_on"):
            services.change_step(
                step_id=step.pk,
                seen=changed.fingerprint,
                plan=replace(plan, due_on=plan.due_on + timedelta(days=1)),
                now=later,
            )

    def test_what_a_colleague_changed_is_not_overwritten(
        self, scan: Scan, member: Membership
    ) -> None:
        step = planned(scan, member)
        opened = step.fingerprint
        self.change(step, opened, agreed(member, remark="Van een collega"))
        with pytest.raises(services.StepChangedError):
            self.change(step, opened, agreed(member, remark="Van mij"))
        step.refresh_from_db()
        assert step.remark == "Van een collega"
        # Wanting the very same is no conflict.
        self.change(step, opened, agreed(member, remark="Van een collega"))

    def test_a_step_that_ended_meanwhile_is_not_changed(
        self, scan: Scan, member: Membership
    ) -> None:
        step = planned(scan, member)
        opened = step.fingerprint
        done = move(step, StepState.DONE, member.user)
        for seen in (opened, done.fingerprint):
            with pytest.raises(services.StepChangedError):
                self.change(step, seen, agreed(member, remark="Te laat"))


class TestEnding:
    """Done, dropped, and taken up again."""

    def test_back_and_forth(self, scan: Scan, member: Membership) -> None:
        step = planned(scan, member)
        done = move(step, StepState.DONE, member.user)
        assert (done.state, done.ended_at, done.ended_by) == (StepState.DONE, NOW, member.user)
        dropped = move(done, StepState.DROPPED, member.user)
        assert (dropped.state, dropped.done_at) == (StepState.DROPPED, None)
        again = move(dropped, StepState.PLANNED, member.user)
        assert (again.state, again.ended_at, again.ended_by) == (StepState.PLANNED, None, None)

    def test_twice_is_once(self, scan: Scan, member: Membership) -> None:
        step = planned(scan, member)
        move(step, StepState.DONE, member.user)
        other = UserFactory()
        assert move(step, StepState.DONE, other, seen=step.fingerprint).done_by == member.user

    def test_not_over_a_change_of_somebody_else(self, scan: Scan, member: Membership) -> None:
        step = planned(scan, member)
        opened = step.fingerprint
        move(step, StepState.DONE, member.user)
        with pytest.raises(services.StepChangedError):
            move(step, StepState.DROPPED, member.user, seen=opened)

    def test_not_taken_up_beside_a_new_one(self, scan: Scan, member: Membership) -> None:
        first = move(planned(scan, member), StepState.DROPPED, member.user)
        planned(scan, member)
        with pytest.raises(services.StepPlannedError):
            move(first, StepState.PLANNED, member.user)


@pytest.mark.django_db(transaction=True)
def test_two_people_plan_the_same_step_at_once() -> None:
    member = MembershipFactory(company=CompanyFactory(), role=MemberRole.EDITOR)
    scan = submitted_scan(member.company, member.user, {"eco": "2"})
    barrier = Barrier(2)
    outcomes: list[str] = []

    def run(remark: str) -> None:
        try:
            barrier.wait(timeout=10)
            planned(scan, member, remark=remark)
            outcomes.append("planned")
        except services.StepPlannedError:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [Thread(target=run, args=(remark,)) for remark in ("een", "twee")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == ["planned", "told"]
    assert PlannedStep.objects.count() == 1


class TestRulesOfTheDatabase:
    """Each broken once."""

    def test_statement_scan_and_company_belong_together(
        self, scan: Scan, member: Membership
    ) -> None:
        step = planned(scan, member)
        draft = draft_from(questionnaire_id=scan.questionnaire_id)
        elsewhere = Statement.objects.filter(transition__questionnaire=draft)[0]
        company: Company = CompanyFactory()
        for fields in ({"statement": elsewhere}, {"company": company}):
            with breaks("planned_step_of_scan"):
                copy = PlannedStep.objects.get(pk=step.pk)
                copy.pk = None
                for name, value in fields.items():
                    setattr(copy, name, value)
                copy.save(force_insert=True)
        assert message_of("planned_step_of_scan")

    def test_a_step_stays_where_it_is(self, scan: Scan, member: Membership) -> None:
        row = PlannedStep.objects.filter(pk=planned(scan, member).pk)
        other = answered_scan(member.company, member.user, {"eco": "3"})
        moves: tuple[dict[str, Any], ...] = (
            {"scan": other},
            {"statement": statement(scan, place=1)},
            {"company": CompanyFactory()},
        )
        for fields in moves:
            with breaks("planned_step_of_scan"):
                row.update(**fields)

    @pytest.mark.parametrize(
        ("fields", "rule"),
        [
            ({"target_level": 1}, "planned_step_level_range"),
            ({"target_level": 6}, "planned_step_level_range"),
            ({"due_on": TODAY - timedelta(days=1)}, "planned_step_due_after_planning"),
            ({"done_at": NOW}, "planned_step_done_whole"),
            ({"dropped_at": NOW}, "planned_step_dropped_whole"),
        ],
    )
    def test_values(
        self, scan: Scan, member: Membership, fields: dict[str, Any], rule: str
    ) -> None:
        row = PlannedStep.objects.filter(pk=planned(scan, member).pk)
        with breaks(rule):
            row.update(**fields)

    def test_one_end(self, scan: Scan, member: Membership) -> None:
        row = PlannedStep.objects.filter(pk=planned(scan, member).pk)
        with breaks("planned_step_one_end"):
            row.update(done_at=NOW, done_by=member.user, dropped_at=NOW, dropped_by=member.user)

    def test_one_under_way(self, scan: Scan, member: Membership) -> None:
        step = planned(scan, member)
        with breaks("planned_step_once"):
            step.pk = None
            step.save(force_insert=True)

    def test_it_goes_when_the_company_goes(self, scan: Scan, member: Membership) -> None:
        planned(scan, member)
        member.company.delete()
        assert not PlannedStep.objects.exists()
