"""The pages on which advisers comment and reopen, and on which the company reads it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.readiness import services
from assessments.readiness.models import Reopening, Scan, Statement, StatementComment
from companies.profiles.enums import MemberRole
from companies.profiles.models import Membership
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.common.vocabulary import Province
from tests.factories import MembershipFactory, UserFactory, staff
from tests.readiness.factories import (
    answer_all,
    answered_scan,
    commented,
    reopened,
    statement_in,
    submitted_scan,
)
from tests.readiness.test_review_services import close
from tests.readiness.test_views import logged_in, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Membership:
    return MembershipFactory(role=MemberRole.OWNER)


@pytest.fixture
def adviser() -> User:
    return staff(Role.ADVISER, Province.ANTWERPEN, full_name="An Adviseur")


@pytest.fixture
def scan(member: Membership) -> Scan:
    return submitted_scan(member.company, member.user, {"eco": "3"})


@pytest.fixture
def energy(scan: Scan) -> Statement:
    return statement_in(scan, "eco", "energy")


def post_to(scan: Scan, statement: Statement) -> str:
    return reverse("readiness:comment", args=[scan.pk, statement.pk])


def text_of(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200
    return page.content.decode()


def overview_of(scan: Scan) -> str:
    return reverse("readiness:overview", args=[scan.company_id])


def result_of(scan: Scan) -> str:
    return reverse("readiness:result", args=[scan.pk])


def reopen_page(scan: Scan) -> str:
    return reverse("readiness:reopen", args=[scan.pk])


class TestComment:
    """An adviser comments; the company reads it."""

    def test_written_by_the_adviser_and_read_by_the_company(
        self, scan: Scan, energy: Statement, adviser: User, member: Membership
    ) -> None:
        browser = logged_in(adviser)
        assert text_of(browser, page_of(scan, "eco")).count("<textarea") == 5
        sent = browser.post(post_to(scan, energy), {"text": "Toon\r\nde <b>meters</b>"})
        assert sent["Location"] == f"{page_of(scan, 'eco')}#energy-comments"
        stored = StatementComment.objects.get(scan=scan)
        assert (stored.text, stored.written_by) == ("Toon\nde <b>meters</b>", adviser)
        owner = logged_in(member.user)
        for url in (page_of(scan, "eco"), result_of(scan)):
            page = text_of(owner, url)
            assert "de &lt;b&gt;meters&lt;/b&gt;" in page
            assert "An Adviseur" in page
        assert f"{page_of(scan, 'eco')}#energy-comments" in text_of(owner, result_of(scan))

    def test_members_have_no_form(self, scan: Scan, member: Membership) -> None:
        page = text_of(logged_in(member.user), page_of(scan, "eco"))
        assert "<textarea" not in page

    @pytest.mark.parametrize("text", ["", "   ", "x" * 2001, "lang\r\n" * 401])
    def test_bad_input_keeps_what_was_typed(
        self, scan: Scan, energy: Statement, adviser: User, text: str
    ) -> None:
        answer = logged_in(adviser).post(post_to(scan, energy), {"text": text})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert page.count("<details open") == 1, "the form that was sent, and no other"
        form = answer.context["remarks"].typed
        assert form.errors["text"]
        assert f'id="comment-energy-{"text"}"' in page
        if text.strip():
            assert text.strip().replace("\r\n", "\n")[:1000] in page.replace("\r\n", "\n")
        assert not StatementComment.objects.exists()

    def test_two_thousand_signs_with_line_ends_fit(
        self, scan: Scan, energy: Statement, adviser: User
    ) -> None:
        """A browser counts a line end once and sends it as two signs."""
        text = "a\r\n" * 999 + "aa"
        assert logged_in(adviser).post(post_to(scan, energy), {"text": text}).status_code == 302

    def test_of_another_questionnaire_is_not_found(self, scan: Scan, adviser: User) -> None:
        draft = services.draft_from(questionnaire_id=scan.questionnaire_id)
        stranger = Statement.objects.filter(transition__questionnaire=draft)[0]
        answer = logged_in(adviser).post(post_to(scan, stranger), {"text": "Elders"})
        assert answer.status_code == 404

    def test_after_closing_nobody_comments_and_it_is_said(
        self, scan: Scan, energy: Statement, adviser: User
    ) -> None:
        close(scan.company, adviser)
        browser = logged_in(adviser)
        page = browser.post(post_to(scan, energy), {"text": "Te laat"}, follow=True)
        assert [message.level_tag for message in page.context["messages"]] == ["warning"]
        assert not StatementComment.objects.exists()
        assert "<textarea" not in text_of(browser, page_of(scan, "eco"))

    def test_reopened_in_the_meantime(
        self, scan: Scan, energy: Statement, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def too_late(**_fields: Any) -> None:
            raise services.ScanOpenError

        monkeypatch.setattr(services, "add_comment", too_late)
        browser = logged_in(staff(Role.COORDINATOR))
        page = browser.post(post_to(scan, energy), {"text": "Net te laat"}, follow=True)
        assert page.redirect_chain[-1][0] == overview_of(scan)
        assert [message.level_tag for message in page.context["messages"]] == ["warning"]

    def test_an_administrator_cannot_comment_on_a_scan_in_progress(
        self, member: Membership
    ) -> None:
        scan = answered_scan(member.company, member.user, {"eco": "3"})
        browser = logged_in(staff(Role.ADMINISTRATOR))
        assert "<textarea" not in text_of(browser, page_of(scan, "eco"))
        energy = statement_in(scan, "eco", "energy")
        browser.post(post_to(scan, energy), {"text": "Te vroeg"})
        assert not StatementComment.objects.exists()

    def test_after_reopening_they_stand_beside_the_questions(
        self, scan: Scan, adviser: User, member: Membership
    ) -> None:
        commented(scan, adviser, "Toon de meters", "eco", "energy")
        reopened(scan, adviser)
        page = text_of(logged_in(member.user), page_of(scan, "eco"))
        assert 'type="radio"' in page
        assert "Toon de meters" in page


class TestReopen:
    """Consequences first, then a reason."""

    def test_the_whole_way(self, scan: Scan, adviser: User, member: Membership) -> None:
        browser = logged_in(adviser)
        assert reopen_page(scan) in text_of(browser, result_of(scan))
        assert "<textarea" in text_of(browser, reopen_page(scan))
        answer = browser.post(reopen_page(scan), {"reason": "Kijk eens naar afval"})
        assert answer["Location"] == overview_of(scan)
        kept = Reopening.objects.get(scan=scan)
        # The adviser knows that it is open, and no more than was submitted.
        overview = text_of(browser, overview_of(scan))
        assert "Kijk eens naar afval" in overview
        assert "An Adviseur" in overview
        assert f'"{result_of(scan)}"' not in overview
        assert browser.get(result_of(scan)).status_code == 404
        owner = logged_in(member.user)
        before = reverse("readiness:reopening", args=[scan.pk, kept.pk])
        for url in (overview_of(scan), result_of(scan)):
            page = text_of(owner, url)
            assert "Kijk eens naar afval" in page
            assert before in page
        answer_all(scan, member.user, {"eco": "5"})
        hidden = browser.get(before)
        assert hidden.context["is_hidden"]
        assert hidden.context["changed"] == 0
        assert "5" not in {
            line.before.words[-1] for _part, lines in hidden.context["parts"] for line in lines
        }
        assert owner.get(before).context["changed"] == 5
        owner.post(reverse("readiness:submit", args=[scan.pk]))
        assert browser.get(before).context["changed"] == 5
        assert "Kijk eens naar afval" in text_of(browser, result_of(scan))
        assert "Kijk eens naar afval" not in text_of(browser, overview_of(scan))

    @pytest.mark.parametrize("reason", ["", " \r\n ", "x" * 2001])
    def test_without_a_good_reason(self, scan: Scan, adviser: User, reason: str) -> None:
        page = logged_in(adviser).post(reopen_page(scan), {"reason": reason})
        assert page.status_code == 422
        assert page.context["form"].errors["reason"]
        assert page.context["form"]["reason"].value() == reason
        scan.refresh_from_db()
        assert not scan.is_open

    def test_a_later_moment_is_in_the_way(
        self, scan: Scan, adviser: User, member: Membership
    ) -> None:
        answered_scan(member.company, member.user, {"eco": "4"})
        browser = logged_in(adviser)
        page = text_of(browser, reopen_page(scan))
        assert "<textarea" not in page
        answer = browser.post(reopen_page(scan), {"reason": "Toch graag"})
        assert answer.status_code == 409
        assert answer.context["form"].non_field_errors()
        assert answer.context["form"]["reason"].value() == "Toch graag"

    def test_an_open_scan_and_a_closed_company_are_said(
        self, scan: Scan, member: Membership
    ) -> None:
        browser = logged_in(staff(Role.ADMINISTRATOR))
        reopened(scan, UserFactory())
        first = browser.get(reopen_page(scan)).context["obstacle"]
        close(scan.company, member.user)
        second = browser.get(reopen_page(scan)).context["obstacle"]
        assert first
        assert second
        assert first != second

    def test_a_reopening_of_another_scan_is_not_found(self, scan: Scan, adviser: User) -> None:
        other = MembershipFactory()
        elsewhere = reopened(submitted_scan(other.company, other.user, {"eco": "1"}), adviser)
        url = reverse("readiness:reopening", args=[scan.pk, elsewhere.pk])
        assert logged_in(adviser).get(url).status_code == 404

    def test_what_did_not_change_is_said(
        self, scan: Scan, member: Membership, adviser: User
    ) -> None:
        url = reverse("readiness:reopening", args=[scan.pk, reopened(scan, adviser).pk])
        owner = logged_in(member.user)
        open_page = owner.get(url)
        assert (open_page.context["changed"], open_page.context["in_progress"]) == (0, True)
        services.submit_scan(scan_id=scan.pk, user=member.user)
        done = owner.get(url)
        assert (done.context["changed"], done.context["in_progress"]) == (0, False)


class TestQueries:
    """Comments and reopenings come with the scan: fifty of them cost no query more."""

    @pytest.mark.parametrize(
        ("name", "slug", "count"),
        [("overview", "", 10), ("result", "", 9), ("transition", "eco", 12)],
    )
    def test_fifty_comments(  # noqa: PLR0917
        self,
        scan: Scan,
        member: Membership,
        adviser: User,
        django_assert_num_queries: Any,
        name: str,
        slug: str,
        count: int,
    ) -> None:
        for number in range(50):
            commented(scan, adviser, f"Opmerking {number}", "eco", "energy")
        reopened(scan, adviser)
        services.submit_scan(scan_id=scan.pk, user=member.user)
        first = member.company_id if name == "overview" else scan.pk
        url = reverse(f"readiness:{name}", args=[first, *([slug] if slug else [])])
        for user in (member.user, adviser):
            browser = logged_in(user)
            browser.get(url)
            with django_assert_num_queries(count):
                page = browser.get(url)
            if name != "overview":
                assert page.content.decode().count("Opmerking ") == 50

    def test_reopening(
        self, scan: Scan, member: Membership, adviser: User, django_assert_num_queries: Any
    ) -> None:
        url = reverse("readiness:reopening", args=[scan.pk, reopened(scan, adviser).pk])
        owner = logged_in(member.user)
        owner.get(url)
        with django_assert_num_queries(11):
            owner.get(url)

    def test_reopen(self, scan: Scan, adviser: User, django_assert_num_queries: Any) -> None:
        browser = logged_in(adviser)
        browser.get(reopen_page(scan))
        with django_assert_num_queries(7):
            browser.get(reopen_page(scan))
