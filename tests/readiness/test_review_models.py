"""Rules of the database about comments and reopenings, each broken once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from assessments.readiness.models import Reopening, Scan, Statement, StatementComment
from assessments.readiness.services import draft_from, submit_scan
from portal.accounts.models import User
from tests.factories import CompanyFactory, UserFactory
from tests.readiness.factories import commented, reopened, statement_in, submitted_scan
from tests.readiness.test_models import breaks

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def adviser() -> User:
    return UserFactory()


@pytest.fixture
def scan() -> Scan:
    return submitted_scan(CompanyFactory(), UserFactory(), {"eco": "3"})


def pass_as_committed() -> None:
    """Let the database look at everything so far, as at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def as_if_committed(action: Any) -> Any:
    """The action, and then what the database looks at when the transaction ends."""

    def both() -> None:
        action()
        pass_as_committed()

    return both


def reopening(scan: Scan, by: User, **fields: Any) -> dict[str, Any]:
    """The fields of a reopening of the scan as it stands."""
    return {
        "scan": scan,
        "reason": "Vergissing",
        "submitted_at": scan.submitted_at,
        "submitted_by": scan.submitted_by,
        "answers": {},
        "reopened_by": by,
    } | fields


class TestComment:
    """It says something, on a submitted scan, and stays as it is."""

    def test_it_says_something(self, scan: Scan, adviser: User) -> None:
        energy = statement_in(scan, "eco", "energy")
        breaks(
            "comment_says_something",
            lambda: StatementComment.objects.create(
                scan=scan, statement=energy, text="", written_by=adviser
            ),
        )

    def test_it_is_on_a_submitted_scan(self, scan: Scan, adviser: User) -> None:
        energy = statement_in(scan, "eco", "energy")
        reopened(scan, adviser)
        breaks(
            "comment_fits_scan",
            lambda: StatementComment.objects.create(
                scan=scan, statement=energy, text="Te laat", written_by=adviser
            ),
        )

    def test_it_is_on_a_statement_in_the_questionnaire(self, scan: Scan, adviser: User) -> None:
        draft = draft_from(questionnaire_id=scan.questionnaire_id)
        stranger = Statement.objects.filter(transition__questionnaire=draft).first()
        breaks(
            "comment_fits_scan",
            lambda: StatementComment.objects.create(
                scan=scan, statement=stranger, text="Elders", written_by=adviser
            ),
        )

    def test_it_is_only_added(self, scan: Scan, adviser: User) -> None:
        comment = commented(scan, adviser, "Mooi", "eco", "energy")
        row = StatementComment.objects.filter(pk=comment.pk)
        breaks("appended_only", lambda: row.update(text="Toch niet"))
        breaks("appended_only", as_if_committed(row.delete))
        assert row.get().text == "Mooi"


class TestReopening:
    """A submission goes only together with a reopening that says why, and that stays."""

    @pytest.mark.parametrize(
        "bare",
        [
            {"submitted_at": None, "submitted_by": None},
            {"submitted_at": "2020-01-01T00:00Z"},
        ],
    )
    def test_a_submission_does_not_just_go(self, scan: Scan, bare: dict[str, Any]) -> None:
        row = Scan.objects.filter(pk=scan.pk)
        breaks("scan_submission_stays", as_if_committed(lambda: row.update(**bare)))

    def test_nor_passes_to_another_person(self, scan: Scan, adviser: User) -> None:
        row = Scan.objects.filter(pk=scan.pk)
        breaks("scan_submission_stays", as_if_committed(lambda: row.update(submitted_by=adviser)))

    def test_a_reopening_counts_once(self, scan: Scan, adviser: User) -> None:
        """The one of before is no excuse for taking back the submission after it."""
        reopened(scan, adviser)
        submit_scan(scan_id=scan.pk, user=adviser)
        pass_as_committed()
        bare = {"submitted_at": None, "submitted_by": None}
        row = Scan.objects.filter(pk=scan.pk)
        breaks("scan_submission_stays", as_if_committed(lambda: row.update(**bare)))

    def test_it_opens_the_scan(self, scan: Scan, adviser: User) -> None:
        """Written beforehand, it would let the submission go without a reason later."""
        breaks(
            "reopening_opens_scan",
            as_if_committed(lambda: Reopening.objects.create(**reopening(scan, adviser))),
        )

    @pytest.mark.parametrize("wrong", ["submitted_at", "submitted_by", "open"])
    def test_it_is_of_the_submission(self, scan: Scan, adviser: User, wrong: str) -> None:
        fields = reopening(scan, adviser)
        if wrong == "open":
            reopened(scan, adviser)
        else:
            fields |= {"submitted_at": timezone.now(), "submitted_by": adviser}
            fields |= {wrong: reopening(scan, adviser)[wrong]}
        breaks("reopening_opens_scan", lambda: Reopening.objects.create(**fields))

    def test_it_has_a_reason(self, scan: Scan, adviser: User) -> None:
        breaks("reopening_has_reason", lambda: reopened(scan, adviser, reason=""))

    def test_once_for_a_submission(self, scan: Scan, adviser: User) -> None:
        with transaction.atomic():
            Reopening.objects.create(**reopening(scan, adviser))
            breaks("reopening_once", lambda: Reopening.objects.create(**reopening(scan, adviser)))
            transaction.set_rollback(True)

    def test_it_is_only_added(self, scan: Scan, adviser: User) -> None:
        row = Reopening.objects.filter(pk=reopened(scan, adviser).pk)
        pass_as_committed()
        breaks("appended_only", lambda: row.update(reason="Iets anders"))
        breaks("appended_only", as_if_committed(row.delete))

    def test_it_goes_when_the_company_goes(self, scan: Scan, adviser: User) -> None:
        commented(scan, adviser, "Mooi", "eco", "energy")
        reopened(scan, adviser)
        as_if_committed(scan.company.delete)()
        assert not Reopening.objects.filter(scan=scan.pk).exists()
        assert not StatementComment.objects.filter(scan=scan.pk).exists()
