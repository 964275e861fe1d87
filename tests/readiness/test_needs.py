"""The support that the teams need: bands of teams, saved by itself, frozen with the scan."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.readiness.domain.parts import SupportNeed, TeamShare
from assessments.readiness.models import Questionnaire, Scan, Transition
from assessments.readiness.selectors import steps, support_needs
from assessments.readiness.services import (
    NeedChange,
    ScanClosedError,
    draft_from,
    publish_questionnaire,
    save_needs,
    start_scan,
    submit_scan,
)
from companies.profiles.enums import MemberRole
from companies.profiles.models import Membership
from tests.factories import MembershipFactory, UserFactory
from tests.readiness.factories import answer_all, answer_needs
from tests.readiness.tabs import Tab

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Membership:
    return MembershipFactory(role=MemberRole.EDITOR)


@pytest.fixture
def scan(member: Membership) -> Scan:
    return start_scan(company=member.company, user=member.user)


def tab(member: Membership, scan: Scan) -> Tab:
    return Tab(member, reverse("readiness:needs", args=[scan.pk]))


class TestSaving:
    """Like the answers: need by need, and nobody undoes the work of another."""

    def test_saves_itself_and_is_one_page_more(self, member: Membership, scan: Scan) -> None:
        page = tab(member, scan)
        told = page.types(cognitive_share="many").saves_itself()
        assert told["state"] == "saved"
        assert told["shown"]["step-support-needs"] == "1 of 4"
        assert told["shown"]["answered"] == "1 of 54 answered"
        page.types(cognitive_share="most", motor_share="none", sensory_share="some")
        page.types(psychosocial_share="some")
        assert page.saves_itself()["message"].endswith("This page is complete.")
        assert support_needs(scan) == {
            SupportNeed.COGNITIVE: TeamShare.MOST,
            SupportNeed.MOTOR: TeamShare.NONE,
            SupportNeed.SENSORY: TeamShare.SOME,
            SupportNeed.PSYCHOSOCIAL: TeamShare.SOME,
        }
        onward = page.saves(go="next")
        assert onward["Location"] == reverse("readiness:transition", args=[scan.pk, "resilience"])

    def test_it_comes_after_operator_support(self, scan: Scan) -> None:
        answer_all(scan, scan.started_by, {"eco": "3"})
        answer_needs(scan, TeamShare.MANY)
        pages = [(step.slug, step.answered, step.total) for step in steps(scan)]
        place = [slug for slug, _answered, _total in pages].index("operator_support")
        assert pages[place + 1] == ("support-needs", 4, 4)
        assert len(pages) == 10
        assert ("eco", 5, 5) in pages

    def test_two_people_are_told(self, member: Membership, scan: Scan) -> None:
        colleague = MembershipFactory(company=member.company, role=MemberRole.EDITOR)
        one, other = tab(member, scan), tab(colleague, scan)
        one.types(motor_share="some").saves_itself()
        told = other.types(motor_share="most", sensory_share="none").saves_itself()
        assert list(told["fields"]) == ["motor-share"]
        assert "in some teams" in told["fields"]["motor-share"][0]
        expected = {SupportNeed.MOTOR: TeamShare.SOME, SupportNeed.SENSORY: TeamShare.NONE}
        assert support_needs(scan) == expected
        page = other.saves()
        assert page.status_code == 409
        assert "in some teams" in page.content.decode()
        assert other.saves_itself()["state"] == "partly"
        assert other.saves().status_code == 302
        assert support_needs(scan)[SupportNeed.MOTOR] == TeamShare.MOST

    def test_the_same_choice_is_no_conflict(self, member: Membership, scan: Scan) -> None:
        one, other = tab(member, scan), tab(member, scan)
        for page in (one, other):
            assert page.types(motor_share="some").saves_itself()["state"] == "saved"
        assert other.types(motor_share="most").saves_itself()["state"] == "saved"
        one.types(sensory_share="none").saves_itself()
        assert support_needs(scan)[SupportNeed.MOTOR] == TeamShare.MOST

    def test_another_word_is_told_at_its_place(self, member: Membership, scan: Scan) -> None:
        page = tab(member, scan).types(motor_share="7 personen", sensory_share="none")
        told = page.saves_itself()
        assert list(told["fields"]) == ["motor-share"]
        assert support_needs(scan) == {SupportNeed.SENSORY: TeamShare.NONE}
        assert page.saves().status_code == 422


class TestFrozen:
    """A submitted scan does not change."""

    def test_by_the_service(self, scan: Scan) -> None:
        answer_all(scan, scan.started_by, {"eco": "3"})
        answer_needs(scan, TeamShare.SOME)
        submit_scan(scan_id=scan.pk, user=scan.started_by)
        with pytest.raises(ScanClosedError):
            answer_needs(scan, TeamShare.MOST)

    def test_on_an_open_page(self, member: Membership, scan: Scan) -> None:
        answer_all(scan, member.user, {"eco": "3"})
        page = tab(member, scan).types(motor_share="some")
        submit_scan(scan_id=scan.pk, user=member.user)
        assert page.saves_itself()["state"] == "refused"
        late = page.client.post(page.url, page.fields, follow=True)
        assert late.status_code == 200
        assert list(late.context["messages"])
        assert support_needs(scan) == {}
        assert "data-portal-autosave" not in page.client.get(page.url).content.decode()

    def test_submitted_just_before_the_lock(
        self, member: Membership, scan: Scan, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def closed(**given: Any) -> None:
            raise ScanClosedError

        page = tab(member, scan).types(motor_share="some")
        monkeypatch.setattr("assessments.readiness.services.save_needs", closed)
        assert page.saves_itself()["state"] == "refused"


class TestPage:
    """Who sees it, and what it says."""

    def test_readers_read_shares_of_teams(self, member: Membership, scan: Scan) -> None:
        need = {SupportNeed.MOTOR: NeedChange(seen="", typed=TeamShare.MANY)}
        save_needs(scan_id=scan.pk, changes=need)
        reader = MembershipFactory(company=member.company, role=MemberRole.READER)
        page = tab(reader, scan)
        text = page.page.content.decode()
        assert "nothing here is about a person" in text
        assert "In many teams" in text
        assert text.count("Not answered yet.") == 3
        assert page.client.post(page.url, {"motor-share": "some"}).status_code == 403

    def test_a_questionnaire_without_operator_support_does_not_ask(
        self, member: Membership
    ) -> None:
        draft = draft_from(questionnaire_id=Questionnaire.objects.get(version=1).pk)
        Transition.objects.filter(questionnaire=draft, kind="operator_support").delete()
        publish_questionnaire(questionnaire_id=draft.pk, user=UserFactory())
        scan = start_scan(company=member.company, user=member.user)
        client = Client()
        client.force_login(member.user)
        assert client.get(reverse("readiness:needs", args=[scan.pk])).status_code == 404
        assert not any(step.is_needs for step in steps(scan))

    def test_queries(self, member: Membership, scan: Scan, django_assert_num_queries: Any) -> None:
        page = tab(member, scan)
        with django_assert_num_queries(9):
            page.client.get(page.url)
        page.types(motor_share="some")
        with django_assert_num_queries(16):
            page.saves_itself()
