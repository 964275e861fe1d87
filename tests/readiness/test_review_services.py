"""Comments on a submitted scan, and opening it again with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError
from django.utils import timezone

from assessments.opportunities.domain.facts import FactName
from assessments.opportunities.selectors import collect_facts
from assessments.readiness import selectors, services
from assessments.readiness.models import Answer, Reopening, Scan, Statement
from companies.profiles.enums import MemberRole
from companies.profiles.models import Company, Membership
from companies.profiles.services import close_company
from portal.accounts.models import User
from tests.factories import MembershipFactory, UserFactory
from tests.readiness.factories import (
    answer_all,
    answered_scan,
    commented,
    reopened,
    statement_in,
    submitted_scan,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def member() -> Membership:
    return MembershipFactory()


@pytest.fixture
def adviser() -> User:
    return UserFactory(full_name="An Adviseur")


@pytest.fixture
def scan(member: Membership) -> Scan:
    return submitted_scan(member.company, member.user, {"eco": "3"})


def facts_version(company: Company) -> int:
    return Company.objects.get(pk=company.pk).facts_version


def review(scan: Scan) -> selectors.Review:
    return selectors.review_of(selectors.with_review().get(pk=scan.pk))


class TestComment:
    """On a statement of the scan, once it is submitted."""

    def test_they_come_back_in_the_order_of_the_questionnaire(
        self, scan: Scan, adviser: User, django_assert_num_queries: Any
    ) -> None:
        commented(scan, UserFactory(full_name=""), "Waar ligt het?", "eco", "waste")
        commented(scan, adviser, "Toon de meters", "eco", "energy")
        commented(scan, adviser, "En het doel?", "eco", "energy")
        with django_assert_num_queries(1):
            found = review(scan)
        assert [comment.text for comment in found.comments] == [
            "Toon de meters",
            "En het doel?",
            "Waar ligt het?",
        ]
        first, last = found.comments[0], found.comments[-1]
        assert (first.written_by, first.part, first.statement) == ("An Adviseur", "eco", "energy")
        assert "@" in last.written_by, "without a name the address, as everywhere"
        assert abs(timezone.now() - first.written_at).total_seconds() < 60
        energy = statement_in(scan, "eco", "energy").pk
        assert [comment.text for comment in found.on(energy)] == ["Toon de meters", "En het doel?"]

    def test_not_while_the_company_works_on_it(self, member: Membership, adviser: User) -> None:
        scan = answered_scan(member.company, member.user, {"eco": "3"})
        with pytest.raises(services.ScanOpenError):
            commented(scan, adviser, "Te vroeg", "eco", "energy")

    def test_not_in_a_closed_company(self, scan: Scan, adviser: User) -> None:
        close(scan.company, adviser)
        with pytest.raises(services.CompanyClosedError):
            commented(scan, adviser, "Te laat", "eco", "energy")

    def test_not_on_a_statement_in_another_version(self, scan: Scan, adviser: User) -> None:
        draft = services.draft_from(questionnaire_id=scan.questionnaire_id)
        stranger = Statement.objects.filter(transition__questionnaire=draft)[0]
        with pytest.raises(Statement.DoesNotExist):
            services.add_comment(
                scan_id=scan.pk,
                statement_id=stranger.pk,
                by=adviser,
                text="Elders",
                now=timezone.now(),
            )


def close(company: Company, by: User) -> None:
    """Close the account of the company."""
    close_company(company_id=company.pk, by=by, reason="Gestopt", now=timezone.now())


class TestReopen:
    """The company answers and submits again; what stood there stays readable."""

    def test_it_opens_and_keeps_what_was_submitted(
        self, scan: Scan, member: Membership, adviser: User
    ) -> None:
        energy = statement_in(scan, "eco", "energy")
        submitted_at = scan.submitted_at
        before = facts_version(member.company)
        reopening = reopened(scan, adviser)
        scan.refresh_from_db()
        assert scan.is_open
        assert scan.submitted_by is None
        assert (reopening.submitted_at, reopening.submitted_by) == (submitted_at, member.user)
        assert facts_version(member.company) == before + 1
        assert len(reopening.answers) == 5
        answer_all(scan, member.user, {"eco": "5"})
        assert Answer.objects.get(scan=scan, statement=energy).level == 5
        reopening.refresh_from_db()
        kept = {"code": "3", "note": "", "evidence": ""}
        assert reopening.answers["eco/energy"] == kept
        services.submit_scan(scan_id=scan.pk, user=member.user)
        scan.refresh_from_db()
        assert scan.submitted_at is not None
        assert scan.submitted_at > submitted_at

    def test_note_and_evidence_are_kept_too(self, member: Membership, adviser: User) -> None:
        scan = answered_scan(member.company, member.user, {"eco": "unknown"})
        energy = Answer.objects.filter(scan=scan, statement=statement_in(scan, "eco", "energy"))
        energy.update(kind="level", level=2, note="Meter\nin hal 2", evidence="Factuur 2025")
        services.submit_scan(scan_id=scan.pk, user=member.user)
        answers = reopened(scan, adviser).answers
        assert answers["eco/energy"] == {
            "code": "2",
            "note": "Meter\nin hal 2",
            "evidence": "Factuur 2025",
        }
        assert answers["eco/waste"]["code"] == "unknown"

    def test_twice_with_a_submission_between(
        self, scan: Scan, member: Membership, adviser: User
    ) -> None:
        first = reopened(scan, adviser, "Eerst")
        with pytest.raises(services.ScanOpenError):
            reopened(scan, adviser, "Nog eens")
        answer_all(scan, member.user, {"eco": "4"})
        services.submit_scan(scan_id=scan.pk, user=member.user)
        second = reopened(scan, adviser, "Daarna")
        answer_all(scan, member.user, {"eco": "5"})
        assert [item.reason for item in review(scan).reopenings] == ["Daarna", "Eerst"]
        around_first = selectors.submission_before(scan, first.pk)
        around_second = selectors.submission_before(scan, second.pk)
        assert around_first is not None
        assert around_second is not None
        codes = [
            (around.before["eco/energy"]["code"], around.after["eco/energy"]["code"])
            for around in (around_first, around_second)
        ]
        assert codes == [("3", "4"), ("4", "5")]
        assert (around_first.is_last, around_second.is_last) == (False, True)

    def test_of_another_scan_there_is_nothing(self, scan: Scan, adviser: User) -> None:
        other = MembershipFactory()
        elsewhere = submitted_scan(other.company, other.user, {"eco": "1"})
        reopening = reopened(elsewhere, adviser)
        assert selectors.submission_before(scan, reopening.pk) is None

    def test_only_the_latest_moment(self, scan: Scan, member: Membership, adviser: User) -> None:
        later = answered_scan(member.company, member.user, {"eco": "4"})
        with pytest.raises(services.LaterMomentError):
            reopened(scan, adviser)
        services.submit_scan(scan_id=later.pk, user=member.user)
        with pytest.raises(services.LaterMomentError):
            reopened(scan, adviser)
        reopened(later, adviser)
        assert services.start_scan(company=member.company, user=member.user) == later

    def test_not_in_a_closed_company(self, scan: Scan, adviser: User) -> None:
        close(scan.company, adviser)
        with pytest.raises(services.CompanyClosedError):
            reopened(scan, adviser)
        assert not Reopening.objects.exists()

    def test_without_a_reason_nothing_happens(self, scan: Scan, adviser: User) -> None:
        with pytest.raises(IntegrityError):
            reopened(scan, adviser, reason="")


class TestMail:
    """Owners and editors hear it, in their own language."""

    def test_owners_and_editors(
        self,
        scan: Scan,
        member: Membership,
        adviser: User,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        company = member.company
        hear = {row.user.email for row in company.memberships.all()}
        editor = UserFactory(language="en")
        for user, role in (
            (editor, MemberRole.EDITOR),
            (UserFactory(), MemberRole.READER),
            (UserFactory(is_active=False), MemberRole.EDITOR),
        ):
            MembershipFactory(company=company, user=user, role=role)
        with django_capture_on_commit_callbacks(execute=True):
            services.reopen_scan(
                scan_id=scan.pk,
                by=adviser,
                reason="Wat is het verbruik & wie meet?",
                now=timezone.now(),
                origin="https://portaal.test",
            )
            assert not mail.outbox, "only once it is committed"
        sent = {message.to[0]: message for message in mail.outbox}
        assert set(sent) == hear | {editor.email}
        english = sent[editor.email]
        assert f"T0 of {company.name} is open again" in english.subject
        for message in sent.values():
            assert "Wat is het verbruik & wie meet?" in message.body
            assert "An Adviseur" in message.body
            assert f"https://portaal.test/readiness/company/{company.pk}/" in message.body


class TestOpportunities:
    """What counts while a scan is open again."""

    def facts(self, company: Company) -> dict[FactName, Any]:
        found = collect_facts([company.pk], today=timezone.localdate())
        return dict(found[company.pk].values)

    def test_the_moment_before_counts(self, scan: Scan, member: Membership, adviser: User) -> None:
        later = submitted_scan(member.company, member.user, {"eco": "5"})
        assert self.facts(member.company)[FactName.READINESS_ECO].low == 5
        reopened(later, adviser)
        assert self.facts(member.company)[FactName.READINESS_ECO].low == 3

    def test_without_one_the_scores_are_unknown(
        self, scan: Scan, member: Membership, adviser: User
    ) -> None:
        assert FactName.READINESS_ECO in self.facts(member.company)
        reopened(scan, adviser)
        profile = selectors.readiness_profile(member.company)
        assert profile is not None
        assert (profile.scan_id, profile.submitted_at) == (scan.pk, None)
        assert not [name for name in self.facts(member.company) if name.startswith("readiness")]
        services.submit_scan(scan_id=scan.pk, user=member.user)
        assert FactName.READINESS_ECO in self.facts(member.company)
