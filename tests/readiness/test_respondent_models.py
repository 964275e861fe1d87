"""Rules of the database on respondents and their answers, each broken once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assessments.readiness.domain.parts import RespondentFunction
from assessments.readiness.models import Answer, Respondent, RespondentAnswer, Scan, Statement
from assessments.readiness.services import draft_from, submit_scan
from tests.factories import CompanyFactory, UserFactory
from tests.readiness.factories import answered_scan, give_view, statement_of

pytestmark = pytest.mark.django_db


def breaks(name: str, action: Any) -> None:
    """The action violates the named rule of the database."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        action()
    assert caught.value.__cause__.diag.constraint_name == name  # type: ignore[union-attr]


def deleted_now(rows: Any) -> None:
    """Delete, and look at once at what waits for the end of the transaction."""
    rows.delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def scan() -> Scan:
    return answered_scan(CompanyFactory(), UserFactory(), {"eco": "3"})


@pytest.fixture
def guide(scan: Scan) -> Respondent:
    return give_view(scan, UserFactory(), RespondentFunction.GUIDE, {"energy": "2"})


class TestRespondent:
    """Somebody takes part once, from a known place."""

    def test_once(self, guide: Respondent) -> None:
        again = Respondent(scan=guide.scan, user=guide.user, function="other")
        breaks("respondent_once", lambda: again.save(force_insert=True))

    def test_the_function_is_known(self, guide: Respondent) -> None:
        row = Respondent.objects.filter(pk=guide.pk)
        breaks("respondent_function_known", lambda: row.update(function="kok"))


class TestRespondentAnswer:
    """One per statement of the same questionnaire, and the level fits."""

    def test_once(self, guide: Respondent) -> None:
        one = guide.answers.get()
        one.pk = None
        breaks("respondent_answer_once", lambda: one.save(force_insert=True))

    def test_kind_is_known(self, guide: Respondent) -> None:
        breaks(
            "respondent_answer_kind_known", lambda: guide.answers.update(kind="soms", level=None)
        )

    @pytest.mark.parametrize(
        "values",
        [
            {"kind": "level", "level": None},
            {"kind": "level", "level": 0},
            {"kind": "level", "level": 6},
            {"kind": "unknown", "level": 3},
        ],
    )
    def test_level_fits_kind(self, guide: Respondent, values: dict[str, Any]) -> None:
        breaks("respondent_answer_level_fits_kind", lambda: guide.answers.update(**values))

    def test_it_belongs_to_the_questionnaire_of_the_scan(self, guide: Respondent) -> None:
        draft = draft_from(questionnaire_id=guide.scan.questionnaire_id)
        stranger = Statement.objects.filter(transition__questionnaire=draft)[0]
        name = "respondent_answer_of_questionnaire"
        breaks(name, lambda: guide.answers.update(statement=stranger))
        new = RespondentAnswer(respondent=guide, statement=stranger, kind="unknown")
        breaks(name, lambda: new.save(force_insert=True))


class TestFrozenWithTheScan:
    """After submission nobody joins, changes a view or takes it back."""

    @pytest.fixture(autouse=True)
    def submitted(self, scan: Scan, guide: Respondent) -> None:
        submit_scan(scan_id=scan.pk, user=UserFactory())

    def test_respondents(self, scan: Scan, guide: Respondent) -> None:
        row = Respondent.objects.filter(pk=guide.pk)
        breaks("scan_part_frozen", lambda: row.update(function="other"))
        new = Respondent(scan=scan, user=UserFactory(), function="other")
        breaks("scan_part_frozen", lambda: new.save(force_insert=True))
        silent = RespondentAnswer.objects.filter(respondent=guide)
        breaks("scan_part_frozen", lambda: deleted_now(silent))
        breaks("scan_part_frozen", lambda: deleted_now(row))

    def test_their_answers(self, scan: Scan, guide: Respondent) -> None:
        breaks("scan_part_frozen", lambda: guide.answers.update(level=5))
        new = RespondentAnswer(
            respondent=guide, statement=statement_of(scan, "waste"), kind="unknown"
        )
        breaks("scan_part_frozen", lambda: new.save(force_insert=True))

    def test_all_goes_when_the_company_goes(self, scan: Scan) -> None:
        deleted_now(scan.company)
        assert not RespondentAnswer.objects.filter(respondent__scan=scan.pk).exists()


def test_settling_is_whole(scan: Scan) -> None:
    rows = Answer.objects.filter(scan=scan)
    breaks("answer_settled_whole", lambda: rows.update(settled_at=timezone.now()))
    breaks("answer_settled_whole", lambda: rows.update(settled_by=UserFactory()))
