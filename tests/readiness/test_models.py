"""Rules that the database keeps, each broken once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assessments.readiness.models import (
    Answer,
    Questionnaire,
    Scan,
    Statement,
)
from assessments.readiness.services import draft_from, start_scan
from companies.profiles.domain.files import examine
from companies.profiles.models import Company, Document
from companies.profiles.services import DocumentInput, add_document
from tests.factories import CompanyFactory, MembershipFactory, UserFactory
from tests.profiles.samples import pdf
from tests.readiness.factories import answered_scan, submitted_scan

pytestmark = pytest.mark.django_db


def breaks(name: str, action: Any) -> None:
    """The action violates the named rule of the database."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        action()
    assert caught.value.__cause__.diag.constraint_name == name  # type: ignore[union-attr]


@pytest.fixture
def published() -> Questionnaire:
    return Questionnaire.objects.get(version=1)


@pytest.fixture
def draft(published: Questionnaire) -> Questionnaire:
    return draft_from(questionnaire_id=published.pk)


class TestScan:
    """One open scan, one per moment, submitted by somebody."""

    def test_one_is_open(self) -> None:
        member = MembershipFactory()
        scan = start_scan(company=member.company, user=member.user)
        breaks(
            "scan_one_open",
            lambda: Scan.objects.create(
                company=scan.company,
                questionnaire=scan.questionnaire,
                moment=1,
                started_by=member.user,
            ),
        )

    def test_a_moment_comes_once(self) -> None:
        member = MembershipFactory()
        scan = submitted_scan(member.company, member.user, {"eco": "3"})
        breaks(
            "scan_moment_once",
            lambda: Scan.objects.create(
                company=scan.company,
                questionnaire=scan.questionnaire,
                moment=0,
                started_by=member.user,
            ),
        )

    def test_a_submission_is_whole(self) -> None:
        scan = start_scan(company=CompanyFactory(), user=UserFactory())
        row = Scan.objects.filter(pk=scan.pk)
        breaks("scan_submitted_whole", lambda: row.update(submitted_at=timezone.now()))


class TestAnswer:
    """It fits its kind and its scan, and freezes with it."""

    @pytest.fixture
    def scan(self) -> Scan:
        return answered_scan(CompanyFactory(), UserFactory(), {"eco": "3"})

    def test_one_per_statement(self, scan: Scan) -> None:
        answer = scan.answers.first()
        assert answer is not None
        answer.pk = None
        breaks("answer_once", lambda: answer.save(force_insert=True))

    @pytest.mark.parametrize(
        "values",
        [
            {"kind": "level", "level": None},
            {"kind": "level", "level": 6},
            {"kind": "level", "level": 0},
            {"kind": "na", "level": 3},
        ],
    )
    def test_level_fits_kind(self, scan: Scan, values: dict[str, Any]) -> None:
        breaks("answer_level_fits_kind", lambda: scan.answers.update(**values))

    def test_kind_is_known(self, scan: Scan) -> None:
        breaks("answer_kind_known", lambda: scan.answers.update(kind="soms", level=None))

    def test_it_belongs_to_the_questionnaire_of_the_scan(
        self, scan: Scan, draft: Questionnaire
    ) -> None:
        stranger = Statement.objects.filter(transition__questionnaire=draft).first()
        one = Answer.objects.filter(pk=scan.answers.order_by("pk").first().pk)  # type: ignore[union-attr]
        breaks("answer_of_questionnaire", lambda: one.update(statement=stranger))

    def test_it_leans_on_a_document_of_its_own_company(self, scan: Scan) -> None:
        def paper(company: Company) -> Document:
            return add_document(
                company_id=company.pk,
                by=scan.started_by,
                details=DocumentInput(kind="other", title="Keuring"),
                file=examine("keuring.pdf", pdf()),
            )

        stranger = paper(CompanyFactory())
        breaks("answer_document_of_company", lambda: scan.answers.update(document=stranger))
        scan.answers.update(document=paper(scan.company))

    def test_it_stays_with_its_scan(self, scan: Scan) -> None:
        other = start_scan(company=CompanyFactory(), user=UserFactory())
        breaks("answer_frozen", lambda: scan.answers.update(scan=other))

    def test_it_is_frozen_after_submission(self) -> None:
        scan = submitted_scan(CompanyFactory(), UserFactory(), {"eco": "3"})
        answer = scan.answers.order_by("pk").first()
        assert answer is not None
        breaks("answer_frozen", lambda: scan.answers.update(level=4))
        answer.pk = None
        breaks("answer_frozen", lambda: answer.save(force_insert=True))

        def delete_now() -> None:
            scan.answers.all().delete()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

        breaks("answer_frozen", delete_now)

    def test_it_goes_when_the_company_goes(self) -> None:
        scan = submitted_scan(CompanyFactory(), UserFactory(), {"eco": "3"})
        scan.company.delete()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert not Answer.objects.filter(scan=scan.pk).exists()
