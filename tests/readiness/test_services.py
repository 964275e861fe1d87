"""Starting, answering and submitting a scan; publishing a questionnaire."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.utils import timezone

from assessments.readiness import services
from assessments.readiness.content import differences
from assessments.readiness.content.reading import SHIPPED_EDITION, read_questionnaire
from assessments.readiness.domain.answers import Entry, Response, fingerprint
from assessments.readiness.models import Answer, Level, Questionnaire, Scan, Statement
from assessments.readiness.selectors import entries, questionnaire_text
from assessments.readiness.services import Change, Refusal
from companies.profiles.models import Company, Membership
from tests.factories import MembershipFactory, UserFactory
from tests.readiness.factories import answer_all, answered_scan, submitted_scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Membership:
    return MembershipFactory()


def facts_version(company: Company) -> int:
    return Company.objects.get(pk=company.pk).facts_version


def first_statement(scan: Scan) -> Statement:
    return Statement.objects.filter(transition__questionnaire=scan.questionnaire_id).order_by(
        "transition__position", "position"
    )[0]


def typed(code: str, note: str = "") -> Entry:
    return Entry(Response.from_code(code), note)


class TestReference:
    """The questionnaire that comes with the portal."""

    def test_what_is_stored_is_what_the_files_say(self) -> None:
        stored = Questionnaire.objects.get(version=1)
        assert stored.status == "published"
        assert stored.published_at is not None
        assert stored.edition == SHIPPED_EDITION
        assert questionnaire_text(stored) == read_questionnaire(SHIPPED_EDITION)

    def test_loading_again_changes_nothing(self) -> None:
        before = list(Level.objects.order_by("pk").values_list("pk", "text_nl"))
        services.load_reference()
        assert list(Level.objects.order_by("pk").values_list("pk", "text_nl")) == before

    def test_changed_files_are_reported_and_have_no_effect(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        text = read_questionnaire(SHIPPED_EDITION)
        changed = type(text)(text.transitions[:-1])
        monkeypatch.setattr(
            "assessments.readiness.services.questionnaires.read_questionnaire",
            lambda edition: changed,
        )
        with caplog.at_level(logging.WARNING):
            services.load_reference()
        assert "need a new edition" in caplog.text
        assert questionnaire_text(Questionnaire.objects.get(version=1)) == text


class TestPublishing:
    """Draft, published, retired."""

    def test_a_new_version_retires_the_old_one(self) -> None:
        old = Questionnaire.objects.get(version=1)
        draft = services.draft_from(questionnaire_id=old.pk, note="Betere voorbeelden")
        assert (draft.version, draft.status) == (2, "draft")
        user = UserFactory()
        published = services.publish_questionnaire(questionnaire_id=draft.pk, user=user)
        old.refresh_from_db()
        assert (old.status, published.status) == ("retired", "published")
        assert published.published_by == user

    def test_a_statement_without_all_levels_is_refused(self) -> None:
        draft = services.draft_from(questionnaire_id=Questionnaire.objects.get(version=1).pk)
        Level.objects.filter(statement__transition__questionnaire=draft, number=5).first().delete()  # type: ignore[union-attr]
        with pytest.raises(services.IncompleteQuestionnaireError):
            services.publish_questionnaire(questionnaire_id=draft.pk, user=UserFactory())

    def test_publishing_twice_is_refused(self) -> None:
        with pytest.raises(services.NotADraftError):
            services.publish_questionnaire(
                questionnaire_id=Questionnaire.objects.get(version=1).pk, user=UserFactory()
            )

    @pytest.mark.parametrize("field", ["text_nl", "text_en", "example_nl", "step_en"])
    def test_a_missing_text_is_refused(self, field: str) -> None:
        draft = services.draft_from(questionnaire_id=Questionnaire.objects.get(version=1).pk)
        one = Statement.objects.filter(transition__questionnaire=draft)[:1].get()
        Statement.objects.filter(pk=one.pk).update(**{field: " "})
        with pytest.raises(services.IncompleteQuestionnaireError):
            services.publish_questionnaire(questionnaire_id=draft.pk, user=UserFactory())

    def test_a_draft_that_is_gone_is_refused(self) -> None:
        with pytest.raises(services.NotADraftError):
            services.publish_questionnaire(questionnaire_id=0, user=UserFactory())

    def test_only_what_was_seen_is_published(self) -> None:
        first = Questionnaire.objects.get(version=1)
        draft = services.draft_from(questionnaire_id=first.pk)
        seen = services.Seen(differences.fingerprint(questionnaire_text(draft)), first.pk)
        for other in (
            services.Seen("", first.pk),
            services.Seen(seen.text, None),
            services.Seen(seen.text, draft.pk),
        ):
            with pytest.raises(services.ChangedSinceSeenError):
                services.publish_questionnaire(
                    questionnaire_id=draft.pk, user=UserFactory(), seen=other
                )
        services.publish_questionnaire(questionnaire_id=draft.pk, user=UserFactory(), seen=seen)

    def test_a_copy_of_a_draft_keeps_each_level_at_its_number(self) -> None:
        draft = services.draft_from(questionnaire_id=Questionnaire.objects.get(version=1).pk)
        Level.objects.filter(statement__transition__questionnaire=draft, number=2).delete()
        copy = services.draft_from(questionnaire_id=draft.pk)
        numbers = Level.objects.filter(statement__transition__questionnaire=copy)
        assert set(numbers.values_list("number", flat=True)) == {1, 3, 4, 5}
        assert questionnaire_text(copy) == questionnaire_text(draft)

    def test_an_open_scan_keeps_its_version(self, member: Membership) -> None:
        scan = answered_scan(member.company, member.user, {"eco": "3"})
        draft = services.draft_from(questionnaire_id=scan.questionnaire_id)
        services.publish_questionnaire(questionnaire_id=draft.pk, user=UserFactory())
        answer_all(scan, member.user, {"human": "2"})
        services.submit_scan(scan_id=scan.pk, user=member.user)
        after = services.start_scan(company=member.company, user=member.user)
        assert (scan.questionnaire.version, after.questionnaire.version) == (1, 2)


class TestStart:
    """One open scan at a time; moments count up."""

    def test_first_second_and_again(self, member: Membership) -> None:
        first = services.start_scan(company=member.company, user=member.user)
        again = services.start_scan(company=member.company, user=member.user)
        assert first == again
        assert (first.label, first.started_by) == ("T0", member.user)
        answer_all(first, member.user, {"eco": "3"})
        services.submit_scan(scan_id=first.pk, user=member.user)
        assert services.start_scan(company=member.company, user=member.user).label == "T1"

    def test_not_without_a_published_questionnaire(self, member: Membership) -> None:
        Questionnaire.objects.filter(version=1).update(status="retired")
        with pytest.raises(services.NoQuestionnaireError):
            services.start_scan(company=member.company, user=member.user)


class TestSave:
    """Answers are kept one by one; nobody undoes the work of another."""

    def save(self, scan: Scan, user: Any, seen: Entry | None, entry: Entry | None) -> Any:
        pk = first_statement(scan).pk
        change = Change(seen=fingerprint(seen), typed=entry)
        return services.save_answers(scan_id=scan.pk, user=user, changes={pk: change})

    def test_write_change_and_clear(self, member: Membership) -> None:
        scan = services.start_scan(company=member.company, user=member.user)
        pk = first_statement(scan).pk
        assert self.save(scan, member.user, None, typed("2", "nog oud")).written == (pk,)
        assert entries(scan.pk) == {pk: typed("2", "nog oud")}
        self.save(scan, member.user, typed("2", "nog oud"), typed("na"))
        assert entries(scan.pk) == {pk: typed("na")}
        self.save(scan, member.user, typed("na"), None)
        assert entries(scan.pk) == {}

    def test_an_untouched_statement_does_not_undo_a_colleague(self, member: Membership) -> None:
        scan = services.start_scan(company=member.company, user=member.user)
        colleague = UserFactory()
        self.save(scan, colleague, None, typed("4"))
        saved = self.save(scan, member.user, None, None)
        assert (saved.written, saved.conflicts) == ((), ())
        assert Answer.objects.get(scan=scan).answered_by == colleague

    def test_two_different_answers_are_told_and_the_first_stays(self, member: Membership) -> None:
        scan = services.start_scan(company=member.company, user=member.user)
        self.save(scan, UserFactory(), None, typed("4"))
        saved = self.save(scan, member.user, None, typed("2"))
        assert saved.conflicts == (first_statement(scan).pk,)
        assert list(entries(scan.pk).values()) == [typed("4")]

    def test_a_settled_answer_changes_only_for_an_owner(self, member: Membership) -> None:
        scan = services.start_scan(company=member.company, user=member.user)
        statement = first_statement(scan)
        self.save(scan, member.user, None, typed("4"))
        settled = {"settled_at": timezone.now(), "settled_by": member.user}
        Answer.objects.filter(scan=scan).update(**settled)
        change = {statement.pk: Change(seen=fingerprint(typed("4")), typed=typed("2"))}
        clear = {statement.pk: Change(seen=fingerprint(typed("4")), typed=None)}
        editor = UserFactory()
        for changes in (change, clear):
            saved = services.save_answers(scan_id=scan.pk, user=editor, changes=changes)
            assert saved.refused == {statement.pk: Refusal.SETTLED}
            assert entries(scan.pk) == {statement.pk: typed("4")}
        owner = UserFactory()
        saved = services.save_answers(
            scan_id=scan.pk, user=owner, changes=change, may_change_settled=True
        )
        assert saved.written == (statement.pk,)
        answer = Answer.objects.get(scan=scan)
        assert (answer.level, answer.settled_by, answer.answered_by) == (2, owner, owner)

    def test_not_after_submission(self, member: Membership) -> None:
        scan = submitted_scan(member.company, member.user, {"eco": "3"})
        with pytest.raises(services.ScanClosedError):
            self.save(scan, member.user, None, typed("2"))


class TestSubmit:
    """A scan closes once, with something in it."""

    def test_moment_and_person(self, member: Membership) -> None:
        scan = submitted_scan(member.company, member.user, {"eco": "3"})
        assert scan.submitted_by == member.user
        assert not scan.is_open

    def test_twice(self, member: Membership) -> None:
        scan = submitted_scan(member.company, member.user, {"eco": "3"})
        with pytest.raises(services.ScanClosedError):
            services.submit_scan(scan_id=scan.pk, user=member.user)

    def test_without_one_level(self, member: Membership) -> None:
        scan = answered_scan(member.company, member.user, {"eco": "unknown", "human": "na"})
        with pytest.raises(services.NothingAnsweredError):
            services.submit_scan(scan_id=scan.pk, user=member.user)


class TestFactsVersion:
    """The facts change when what opportunities read changes."""

    def test_until_the_first_submission_every_answer_counts(self, member: Membership) -> None:
        before = facts_version(member.company)
        scan = services.start_scan(company=member.company, user=member.user)
        assert facts_version(member.company) == before + 1
        answer_all(scan, member.user, {"eco": "3"})
        assert facts_version(member.company) == before + 2
        answer_all(scan, member.user, {"eco": "3"})
        assert facts_version(member.company) == before + 2, "nothing changed"
        services.submit_scan(scan_id=scan.pk, user=member.user)
        assert facts_version(member.company) == before + 3

    def test_after_it_only_submissions_count(self, member: Membership) -> None:
        submitted_scan(member.company, member.user, {"eco": "3"})
        before = facts_version(member.company)
        scan = answered_scan(member.company, member.user, {"eco": "4"})
        assert facts_version(member.company) == before
        services.submit_scan(scan_id=scan.pk, user=member.user)
        assert facts_version(member.company) == before + 1
