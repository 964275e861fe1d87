"""The roadmap and its plan, as people use them."""

from __future__ import annotations

from datetime import date, timedelta
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse
from django.utils import timezone

from assessments.readiness import services
from assessments.readiness.domain.parts import TeamShare
from assessments.readiness.domain.planning import StepPlan, StepState
from assessments.readiness.models import (
    PlannedStep,
    Scan,
    Statement,
    SupportMeasure,
    SupportNeedShare,
)
from assessments.readiness.models.support import TEAM_SHARE_LABELS
from assessments.readiness.services import draft_from, publish_questionnaire
from companies.profiles.enums import MemberRole
from companies.profiles.models import Company, Membership
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.common.vocabulary import Province
from tests.factories import MembershipFactory, UserFactory, staff
from tests.readiness.factories import answered_scan, submitted_scan

pytestmark = pytest.mark.django_db
LOW = dict.fromkeys(("wcmt", "e2e", "digital", "human", "network", "eco", "smart"), "2")
MODULES = {"operator_support": "3", "resilience": "na"}


@pytest.fixture
def member() -> Membership:
    return MembershipFactory(role=MemberRole.EDITOR)


@pytest.fixture
def company(member: Membership) -> Company:
    return member.company


@pytest.fixture
def editor(client: Client, member: Membership) -> Client:
    client.force_login(member.user)
    return client


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url_of(scan: Scan) -> str:
    return reverse("readiness:roadmap", args=[scan.pk])


def statement(scan: Scan, slug: str) -> Statement:
    return Statement.objects.get(transition__questionnaire=scan.questionnaire_id, slug=slug)


def plan_url(scan: Scan, slug: str) -> str:
    return reverse("readiness:plan_step", args=[scan.pk, statement(scan, slug).pk])


def step_url(scan: Scan, step: PlannedStep) -> str:
    return reverse("readiness:planned_step", args=[scan.pk, step.pk])


def typed(member: Membership, **fields: str) -> dict[str, str]:
    """What the form sends."""
    due = timezone.localdate() + timedelta(days=30)
    data = {"target_level": "3", "owner": str(member.user_id), "due_on": due.isoformat()}
    return data | {"remark": "Met twee tafels"} | fields


def planned(scan: Scan, member: Membership, slug: str = "energy", **fields: Any) -> PlannedStep:
    values = {
        "owner_id": member.user_id,
        "due_on": timezone.localdate() + timedelta(days=30),
        "target_level": 3,
    }
    return services.plan_step(
        scan_id=scan.pk,
        statement_id=statement(scan, slug).pk,
        plan=StepPlan(**(values | fields)),
        by=member.user,
        now=timezone.now(),
    )


def overdue(step: PlannedStep) -> None:
    """The step was planned long ago for a day that is past."""
    long_ago = timezone.now() - timedelta(days=90)
    past = timezone.localdate() - timedelta(days=3)
    PlannedStep.objects.filter(pk=step.pk).update(planned_at=long_ago, due_on=past)


class TestRanking:
    """What helps most for the least effort comes first."""

    def test_ten_steps_then_all_of_them(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(company, member.user, LOW | MODULES)
        page = editor.get(url_of(scan))
        roadmap = page.context["roadmap"]
        assert (len(roadmap.cards), roadmap.total, roadmap.hidden) == (10, 35 + 7, 32)
        assert "?all=1" in page.content.decode()
        everything = editor.get(url_of(scan), {"all": "1"}).context["roadmap"].cards
        assert len(everything) == 42
        assert everything[:10] == roadmap.cards
        worth = [
            (4 - card.current.number) * card.statement.impact / card.statement.effort
            for card in everything
        ]
        assert worth == sorted(worth, reverse=True)
        assert [card.place for card in everything] == list(range(1, 43))

    def test_a_card_says_where_why_and_what_helps(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(company, member.user, {"operator_support": "2"})
        SupportMeasure.objects.filter(slug="kmo-portefeuille").update(
            topics=["instructions"], valid_until=date(2099, 12, 31)
        )
        SupportMeasure.objects.filter(slug="mentorschap").update(valid_until=date(2020, 1, 1))
        page = editor.get(url_of(scan))
        card = next(
            card
            for card in page.context["roadmap"].cards
            if card.statement.slug == "work-instructions"
        )
        assert card.sum.startswith(("verschil 2 × impact 5 ÷", "gap 2 × impact 5 ÷"))
        assert card.sum.endswith("2 = 5")
        assert len(card.why) == 3
        assert card.practice.organisation == "Mariasteen"
        names = {measure.slug for measure in card.measures}
        assert "kmo-portefeuille" in names
        assert "mentorschap" not in names, "it is past its last day"
        text = page.content.decode()
        for shown in (
            card.statement.step_nl,
            card.statement.example_nl,
            card.current.text_nl,
            card.next.text_nl,
            card.practice.text_nl,
            "31 december 2099",
            "VLAIO",
        ):
            assert shown.replace("'", "&#x27;") in text

    def test_examples_alternate_as_far_as_there_are_others(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(company, member.user, {"network": "2"})
        cards = editor.get(url_of(scan)).context["roadmap"].cards
        told = [card.practice.slug for card in cards]
        assert len(told) == 5
        assert len(set(told)) == 5
        for card in cards:
            assert set(card.practice.topics) & set(card.statement.topics)

    def test_a_sum_that_is_not_exact_says_so(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(company, member.user, {"digital": "3"})
        cards = editor.get(url_of(scan)).context["roadmap"].cards
        sums = {card.statement.slug: card.sum for card in cards}
        assert sums["order-flow"].endswith("≈ 1,33")  # 1 × 4 ÷ 3
        assert sums["linked-systems"].endswith("= 0,75")  # 1 × 3 ÷ 4

    def test_open_points_come_apart_and_what_does_not_apply_stays_away(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(
            company,
            member.user,
            LOW | MODULES | {"eco": "unknown", "wcmt": "na", "human": "4", "smart": "5"},
        )
        roadmap = editor.get(url_of(scan), {"all": "1"}).context["roadmap"]
        parts = {card.transition.slug for card in roadmap.cards}
        assert parts == {"e2e", "digital", "network", "operator_support"}
        assert [part.transition.slug for part in roadmap.find_out] == ["eco"]
        assert roadmap.open_points == 5

    def test_nothing_left_to_do_and_nothing_known(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        known = submitted_scan(company, member.user, dict.fromkeys(LOW | MODULES, "4"))
        page = editor.get(url_of(known))
        assert not page.context["roadmap"].cards
        assert not page.context["roadmap"].find_out
        unknown = answered_scan(company, member.user, {"eco": "5"})
        page = editor.get(url_of(unknown))
        assert not page.context["roadmap"].cards
        assert page.context["roadmap"].open_points == 30 + 7 + 8

    def test_support_needs_are_told_and_change_no_place(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = answered_scan(company, member.user, {"operator_support": "2"})
        untouched = editor.get(url_of(scan)).context["roadmap"]
        assert not untouched.needs_are_told
        before = untouched.cards
        SupportNeedShare.objects.create(scan=scan, need="cognitive", share="most")
        SupportNeedShare.objects.create(scan=scan, need="motor", share="none")
        after = editor.get(url_of(scan)).context["roadmap"].cards
        assert [c.statement for c in before] == [c.statement for c in after]
        assert [c.sum for c in before] == [c.sum for c in after]
        needs = {
            card.statement.slug: {str(need.label): str(need.share) for need in card.needs}
            for card in after
        }
        assert len(needs["work-instructions"]) == 2
        told, untold = sorted(needs["work-instructions"].values(), reverse=True)
        assert told == str(TEAM_SHARE_LABELS[TeamShare.MOST])
        assert untold == "", "nobody told about seeing, hearing and reading"

    def test_english(self, editor: Client, company: Company, member: Membership) -> None:
        member.user.language = "en"
        member.user.save()
        scan = submitted_scan(company, member.user, {"operator_support": "2"})
        page = editor.get(url_of(scan), headers={"accept-language": "en"}).content.decode()
        assert "gap 2 × impact 5 ÷ effort 2 = 5" in page
        assert "The next step is shown on the workbench" in page
        assert "De volgende stap" not in page


class TestNotes:
    """What kind of list it is, and for whom."""

    def test_an_open_scan_is_provisional_and_an_old_one_points_on(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        first = submitted_scan(company, member.user, LOW)
        second = answered_scan(company, member.user, LOW)
        assert editor.get(url_of(first)).context["newer"] == second
        assert editor.get(url_of(second)).context["newer"] is None
        assert url_of(second) in editor.get(url_of(first)).content.decode()

    def test_readers_look_and_advisers_see_submitted_scans_only(
        self, company: Company, member: Membership
    ) -> None:
        first = submitted_scan(company, member.user, LOW)
        second = answered_scan(company, member.user, LOW)
        planned(first, member)
        planned(second, member, "waste")
        reader = MembershipFactory(company=company, role=MemberRole.READER).user
        seen = logged_in(reader).get(url_of(second))
        assert len(seen.context["roadmap"].plan) == 2
        adviser = logged_in(staff(Role.ADVISER, Province.ANTWERPEN))
        page = adviser.get(url_of(first))
        slugs = [row.step.statement.slug for row in page.context["roadmap"].plan]
        assert slugs == ["energy"], "a step from an open scan is a conversation inside the company"
        assert page.context["newer"] is None
        assert adviser.get(url_of(second)).status_code == 404
        for shown in (seen, page):
            text = shown.content.decode()
            assert "/plan/" not in text
            assert "/move/" not in text


class TestPlanningAStep:
    """From the card to the plan."""

    def test_plan_and_find_it_on_top(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(company, member.user, LOW | MODULES)
        url = plan_url(scan, "work-instructions")
        form = editor.get(url).context["form"]
        assert form["target_level"].value() == 4
        answer = editor.post(url, typed(member, target_level="4"))
        assert answer["Location"] == url_of(scan)
        page = editor.get(url_of(scan), {"all": "1"})
        (row,) = page.context["roadmap"].plan
        assert (row.step.owner, row.step.remark) == (member.user, "Met twee tafels")
        (card,) = [card for card in page.context["roadmap"].cards if card.planned]
        assert card.statement.slug == "work-instructions"
        assert url not in page.content.decode()
        # Who comes back by an old link changes the step that is there.
        assert editor.get(url)["Location"] == step_url(scan, row.step)

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"due_on": "2020-01-01"}, "due_on"),
            ({"due_on": "morgen"}, "due_on"),
            ({"due_on": ""}, "due_on"),
            ({"owner": ""}, "owner"),
            ({"owner": "abc"}, "owner"),
            ({"target_level": "2"}, "target_level"),
            ({"target_level": ""}, "target_level"),
            ({"remark": "x" * 301}, "remark"),
            ({"remark": "a\0b"}, "remark"),
        ],
    )
    def test_bad_input_is_told_at_its_field_and_keeps_what_was_typed(
        self,
        editor: Client,
        company: Company,
        member: Membership,
        wrong: dict[str, str],
        field: str,
    ) -> None:
        scan = submitted_scan(company, member.user, LOW)
        page = editor.post(plan_url(scan, "energy"), typed(member) | wrong)
        assert page.status_code == 422
        form = page.context["form"]
        assert list(form.errors) == [field]
        for name, value in (typed(member) | wrong).items():
            assert form[name].value() == value
        assert not PlannedStep.objects.exists()

    def test_only_active_members_are_offered(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(company, member.user, LOW)
        stranger = MembershipFactory().user
        blocked = MembershipFactory(company=company).user
        User.objects.filter(pk=blocked.pk).update(is_active=False)
        for person in (stranger, blocked):
            page = editor.post(plan_url(scan, "energy"), typed(member, owner=str(person.pk)))
            assert list(page.context["form"].errors) == ["owner"]

    def test_somebody_who_leaves_while_the_form_is_open(
        self, editor: Client, company: Company, member: Membership, monkeypatch: Any
    ) -> None:
        scan = submitted_scan(company, member.user, LOW)

        def refuse(**_: Any) -> None:
            raise services.PlanRefusedError("owner_id")

        monkeypatch.setattr(services, "plan_step", refuse)
        page = editor.post(plan_url(scan, "energy"), typed(member))
        assert page.status_code == 422
        assert list(page.context["form"].errors) == ["owner"]

    def test_a_step_that_somebody_planned_meanwhile_is_told(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(company, member.user, LOW)
        url = plan_url(scan, "energy")
        colleague = MembershipFactory(company=company, role=MemberRole.EDITOR)
        step = planned(scan, colleague)
        page = editor.post(url, typed(member, remark="Mijn idee"))
        assert page.status_code == 409
        text = page.content.decode()
        assert step_url(scan, step) in text
        assert "Mijn idee" in text
        assert str(colleague.user) in text
        assert PlannedStep.objects.get().owner == colleague.user

    def test_where_there_is_nothing_to_plan(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(company, member.user, {"eco": "4", "human": "na", "wcmt": "2"})
        for slug in ("energy", "growth", "costing"):
            for answer in (
                editor.get(plan_url(scan, slug)),
                editor.post(plan_url(scan, slug), typed(member)),
            ):
                assert answer["Location"] == url_of(scan)
        nowhere = reverse("readiness:plan_step", args=[scan.pk, 999_999_999])
        assert editor.get(nowhere).status_code == 404


class TestThePlan:
    """Planned steps on top, by day, with what became of them."""

    def test_by_day_and_overdue_in_words(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(company, member.user, LOW)
        late = planned(scan, member, "energy")
        soon = planned(scan, member, "waste", due_on=timezone.localdate())
        overdue(late)
        page = editor.get(url_of(scan))
        rows = page.context["roadmap"].plan
        assert [(row.step, row.is_overdue) for row in rows] == [(late, True), (soon, False)]

    def test_who_left_is_named_and_to_be_replaced(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(company, member.user, LOW)
        colleague = MembershipFactory(company=company, role=MemberRole.EDITOR)
        step = planned(scan, colleague)
        colleague.delete()
        (row,) = editor.get(url_of(scan)).context["roadmap"].plan
        assert not row.step.owner_is_member
        form = editor.get(step_url(scan, step)).context["form"]
        assert str(colleague.user_id) not in {str(key) for key, _ in form.fields["owner"].choices}

    def test_the_next_scan_shows_what_became_of_a_step(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        first = submitted_scan(company, member.user, LOW)
        for slug in ("energy", "growth", "costing", "planning"):
            planned(first, member, slug, target_level=4)
        second = submitted_scan(
            company, member.user, LOW | {"eco": "4", "human": "3", "e2e": "1", "smart": "na"}
        )
        rows = editor.get(url_of(second)).context["roadmap"].plan
        outcomes = {row.step.statement.slug: row.outcome for row in rows}
        assert outcomes == {
            "energy": "reached",
            "growth": "closer",
            "costing": "lower",
            "planning": None,
        }
        assert all("T0" in row.since and "T1" in row.since for row in rows)
        # The page of the first moment does not know the second one.
        before = editor.get(url_of(first)).context["roadmap"].plan
        assert [row.since for row in before] == [""] * 4

    def test_another_version_is_shown_but_not_compared(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        first = submitted_scan(company, member.user, LOW)
        step = planned(first, member)
        draft = draft_from(questionnaire_id=first.questionnaire_id)
        publish_questionnaire(questionnaire_id=draft.pk, user=UserFactory())
        second = submitted_scan(company, member.user, LOW | {"eco": "4", "wcmt": "3"})
        (row,) = editor.get(url_of(second)).context["roadmap"].plan
        assert (row.step, row.outcome) == (step, None)
        assert "T1" in row.since
        later = planned(second, member, "maintenance", target_level=4)
        rows = editor.get(url_of(first)).context["roadmap"].plan
        assert {row.step for row in rows} == {step, later}

    def test_an_open_scan_that_reached_the_target_says_so(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = answered_scan(company, member.user, {"eco": "2"})
        planned(scan, member)
        (row,) = editor.get(url_of(scan)).context["roadmap"].plan
        assert (row.outcome, row.since) == (None, "")
        answered_scan(company, member.user, {"eco": "3"})
        (row,) = editor.get(url_of(scan)).context["roadmap"].plan
        assert row.is_reached

    def test_change_it(self, editor: Client, company: Company, member: Membership) -> None:
        scan = submitted_scan(company, member.user, LOW)
        step = planned(scan, member)
        page = editor.get(step_url(scan, step))
        assert page.context["form"]["owner"].value() == member.user_id
        data = typed(member, target_level="5", remark="Anders", seen=page.context["seen"])
        assert editor.post(step_url(scan, step), data)["Location"] == url_of(scan)
        step.refresh_from_db()
        assert (step.target_level, step.remark) == (5, "Anders")

    def test_a_wrong_day_keeps_what_was_typed(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(company, member.user, LOW)
        step = planned(scan, member)
        data = typed(member, due_on="2020-01-01", remark="Anders", seen=step.fingerprint)
        page = editor.post(step_url(scan, step), data)
        assert page.status_code == 422
        assert page.context["form"]["remark"].value() == "Anders"
        assert page.context["seen"] == step.fingerprint

    def test_two_people_at_once_lose_nothing_and_are_told(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(company, member.user, LOW)
        step = planned(scan, member)
        opened = step.fingerprint
        theirs = StepPlan(
            owner_id=member.user_id, due_on=step.due_on, target_level=4, remark="Van hen"
        )
        services.change_step(step_id=step.pk, seen=opened, plan=theirs, now=timezone.now())
        data = typed(member, remark="Van mij", seen=opened)
        page = editor.post(step_url(scan, step), data)
        assert page.status_code == 409
        text = page.content.decode()
        assert "Van hen" in text
        assert page.context["form"]["remark"].value() == "Van mij"
        step.refresh_from_db()
        assert step.plan == theirs
        # Saving the page as it stands now replaces theirs knowingly.
        again = data | {"seen": page.context["seen"]}
        assert editor.post(step_url(scan, step), again).status_code == 302
        step.refresh_from_db()
        assert (step.remark, step.target_level) == ("Van mij", 3)

    def test_done_while_somebody_changes_it(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(company, member.user, LOW)
        step = planned(scan, member)
        opened = step.fingerprint
        services.move_step(
            step_id=step.pk, seen=opened, to=StepState.DONE, by=member.user, now=timezone.now()
        )
        page = editor.post(step_url(scan, step), typed(member, remark="Te laat", seen=opened))
        assert page.status_code == 409
        assert "Te laat" in page.content.decode()
        assert editor.get(step_url(scan, step)).status_code == 200

    def test_done_dropped_and_taken_up_again(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(company, member.user, LOW)
        step = planned(scan, member)
        url = reverse("readiness:move_step", args=[scan.pk, step.pk])
        for to in ("done", "planned", "dropped"):
            step.refresh_from_db()
            answer = editor.post(url, {"to": to, "seen": step.fingerprint})
            assert answer["Location"] == url_of(scan)
            step.refresh_from_db()
            assert step.state == to
        roadmap = editor.get(url_of(scan)).context["roadmap"]
        assert not roadmap.plan
        assert [row.step for row in roadmap.ended] == [step]
        planned(scan, member)
        refused = editor.post(url, {"to": "planned", "seen": step.fingerprint}, follow=True)
        assert list(refused.context["messages"])
        step.refresh_from_db()
        assert step.state is StepState.DROPPED

    @pytest.mark.parametrize("data", [{}, {"to": "elders"}, {"to": "done", "seen": "oud"}])
    def test_what_moves_nothing_is_told(
        self, editor: Client, company: Company, member: Membership, data: dict[str, str]
    ) -> None:
        scan = submitted_scan(company, member.user, LOW)
        step = planned(scan, member)
        url = reverse("readiness:move_step", args=[scan.pk, step.pk])
        page = editor.post(url, data, follow=True)
        assert page.status_code == 200
        assert list(page.context["messages"])
        step.refresh_from_db()
        assert step.state is StepState.PLANNED

    def test_a_step_of_another_company_is_not_there(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(company, member.user, LOW)
        other = MembershipFactory(role=MemberRole.EDITOR)
        elsewhere = planned(submitted_scan(other.company, other.user, LOW), other)
        assert editor.get(step_url(scan, elsewhere)).status_code == 404
        url = reverse("readiness:move_step", args=[scan.pk, elsewhere.pk])
        assert editor.post(url, {"to": "done"}).status_code == 404


class TestStartACase:
    """The room of cases is above this one: its link shows when the room is there."""

    @pytest.fixture
    def with_cases(self) -> Any:
        urls = ModuleType("urls_with_cases")
        cases = [path("cases/start/", lambda request: HttpResponse(), name="start")]
        urls.urlpatterns = [  # type: ignore[attr-defined]
            path("", include((cases, "cases"))),
            path("", include(settings.ROOT_URLCONF)),
        ]
        with override_settings(ROOT_URLCONF=urls):
            yield

    def test_no_link_without_the_room(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(company, member.user, LOW)
        assert "cases/" not in editor.get(url_of(scan)).content.decode()

    @pytest.mark.usefixtures("with_cases")
    def test_a_link_with_company_and_step(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = submitted_scan(company, member.user, {"eco": "2"})
        step = planned(scan, member)
        other = statement(scan, "waste").pk
        links = [
            f"/cases/start/?company={company.pk}&amp;step={step.pk}",
            f"/cases/start/?company={company.pk}&amp;scan={scan.pk}&amp;statement={other}",
        ]
        reader = MembershipFactory(company=company, role=MemberRole.READER).user
        adviser = staff(Role.ADVISER, Province.ANTWERPEN)
        pages = {
            person: logged_in(person).get(url_of(scan)).content.decode()
            for person in (member.user, adviser, reader)
        }
        assert all(link in pages[member.user] for link in links)
        assert all(link in pages[adviser] for link in links)
        assert "cases/" not in pages[reader]


class TestQueries:
    """Pages cost the same whatever the number of steps; two of them are the navigation."""

    @pytest.mark.parametrize("steps", [1, 4])
    @pytest.mark.parametrize(("name", "count"), [("roadmap", 16), ("planned_step", 9)])
    def test_pinned(  # noqa: PLR0917
        self,
        editor: Client,
        member: Membership,
        django_assert_num_queries: Any,
        name: str,
        count: int,
        steps: int,
    ) -> None:
        scan = submitted_scan(member.company, member.user, LOW | MODULES)
        for slug in ("energy", "growth", "costing", "planning")[:steps]:
            step = planned(scan, member, slug)
        arguments = [scan.pk] if name == "roadmap" else [scan.pk, step.pk]
        url = reverse(f"readiness:{name}", args=arguments)
        editor.get(url)
        with django_assert_num_queries(count):
            editor.get(url)
