"""Documents and consents as services and rules keep them, whoever writes."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from companies.profiles import selectors, services
from companies.profiles.content import consents as texts
from companies.profiles.domain.files import CheckedFile, examine
from companies.profiles.enums import ConsentPurpose
from companies.profiles.models import Company, Consent, Document, DocumentContent
from companies.profiles.services import DocumentError, DocumentInput, Refused
from companies.profiles.tasks import sweep_documents
from tests.factories import CompanyFactory, UserFactory
from tests.profiles.rules import breaks, keeps_all_rules
from tests.profiles.samples import pdf, pdf_of_size

pytestmark = pytest.mark.django_db

DETAILS = DocumentInput(kind="annual_report", title="Jaarverslag", year=2025)
SHARE, BENCHMARK = ConsentPurpose.SHARE_WITH_PARTNERS, ConsentPurpose.BENCHMARK


@pytest.fixture
def company() -> Company:
    """A verified company."""
    company: Company = CompanyFactory()
    return company


def a_file(text: str = "Jaarverslag", size: int = 0) -> CheckedFile:
    """A PDF; two texts are two files."""
    return examine("verslag.pdf", pdf(text, padding=size))


def add(company: Company, file: CheckedFile | None = None) -> Document:
    """Upload as the person who signed the company up."""
    return services.add_document(
        company_id=company.pk, by=company.created_by, details=DETAILS, file=file or a_file()
    )


def remove(document: Document, days_ago: int = 0) -> None:
    """Remove, some days ago."""
    by = document.uploaded_by
    services.remove_document(company_id=document.company_id, document_id=document.pk, by=by)
    removed_at = timezone.now() - timedelta(days=days_ago)
    Document.objects.filter(pk=document.pk).update(removed_at=removed_at)


def refused(action: Any) -> Refused:
    """Why a service refuses."""
    with pytest.raises(DocumentError) as caught, transaction.atomic():
        action()
    return caught.value.reason


def test_a_file_is_kept_with_who_when_and_what(company: Company) -> None:
    file = a_file()
    document = add(company, file)
    keeps_all_rules()
    assert (document.size, document.sha256, document.file_kind) == (file.size, file.sha256, "pdf")
    assert document.uploaded_by == company.created_by
    assert selectors.document_piece(document.pk, 0, file.size) == file.data
    assert selectors.document_piece(document.pk, 5, 3) == file.data[5:8]


def test_documents_are_no_facts(company: Company) -> None:
    before = company.facts_version
    remove(add(company))
    services.give_consent(company_id=company.pk, purpose=SHARE, by=company.created_by)
    company.refresh_from_db()
    assert company.facts_version == before


def test_the_same_file_twice_is_refused(company: Company) -> None:
    add(company)
    assert refused(lambda: add(company)) == Refused.TWICE
    add(CompanyFactory())  # another company may have it too


def test_one_byte_too_many(company: Company, settings: Any) -> None:
    settings.DOCUMENT_MAX_BYTES = 10_000
    add(company, examine("x.pdf", pdf_of_size(10_000)))
    too_large = examine("x.pdf", pdf_of_size(10_001))
    assert refused(lambda: add(company, too_large)) == Refused.TOO_LARGE


def test_a_company_has_so_much_room_and_the_bin_as_much_again(
    company: Company, settings: Any
) -> None:
    settings.DOCUMENT_TOTAL_BYTES = 2_500
    first, _second = (add(company, a_file(str(n), 1_000)) for n in range(2))
    assert refused(lambda: add(company, a_file("3", 1_000))) == Refused.COMPANY_FULL
    remove(first)
    third = add(company, a_file("3", 1_000))
    back = {"company_id": company.pk, "document_id": first.pk, "now": timezone.now()}
    assert refused(lambda: services.restore_document(**back)) == Refused.COMPANY_FULL
    remove(third)
    fourth = add(company, a_file("4", 1_000))
    remove(fourth)
    assert refused(lambda: add(company, a_file("5", 1_000))) == Refused.BIN_FULL


def test_a_new_file_takes_the_place_of_the_old_one_which_can_come_back(company: Company) -> None:
    old = add(company)
    new = services.change_document(
        company_id=company.pk,
        document_id=old.pk,
        by=company.created_by,
        details=DETAILS,
        file=a_file("Beter"),
    )
    old.refresh_from_db()
    assert old.removed_by == company.created_by
    assert list(company.documents.current()) == [new]
    services.restore_document(company_id=company.pk, document_id=old.pk, now=timezone.now())
    assert company.documents.current().count() == 2


def test_other_words_about_a_document_leave_its_file(company: Company) -> None:
    document = add(company)
    for file in (None, a_file()):
        services.change_document(
            company_id=company.pk,
            document_id=document.pk,
            by=company.created_by,
            details=DocumentInput(kind="other", title="Anders"),
            file=file,
        )
    document.refresh_from_db()
    assert (document.kind, document.title, document.year) == ("other", "Anders", None)
    assert company.documents.count() == 1


def test_what_is_removed_comes_back_within_thirty_days_and_not_later(company: Company) -> None:
    document = add(company)
    remove(document, days_ago=29)
    assert sweep_documents() == 0
    back = {"company_id": company.pk, "document_id": document.pk}
    services.restore_document(**back, now=timezone.now())
    services.restore_document(**back, now=timezone.now())  # again is no error
    remove(document, days_ago=31)
    late = refused(lambda: services.restore_document(**back, now=timezone.now()))
    assert late == Refused.TOO_LATE
    assert sweep_documents() == 1
    keeps_all_rules()
    assert not Document.objects.exists()
    assert not DocumentContent.objects.exists()


def test_a_file_that_was_uploaded_again_is_not_put_back_beside_itself(company: Company) -> None:
    document = add(company)
    remove(document)
    add(company)
    back = {"company_id": company.pk, "document_id": document.pk, "now": timezone.now()}
    assert refused(lambda: services.restore_document(**back)) == Refused.TWICE


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("document_kind_known", {"kind": "roman"}),
        ("document_file_kind_known", {"file_kind": "exe"}),
        ("document_year_range", {"year": 1999}),
        ("document_size_range", {"size": 0}),
        ("document_sha256_form", {"sha256": "x"}),
        ("document_named", {"title": ""}),
        ("document_named", {"filename": ""}),
        ("document_removed_whole", {"removed_at": timezone.now()}),
        ("document_bytes_as_stated", {"size": 5}),
        ("document_bytes_as_stated", {"sha256": "0" * 64}),
    ],
)
def test_rules_of_a_document(company: Company, name: str, change: dict[str, Any]) -> None:
    document = add(company)
    keeps_all_rules()
    with breaks(name):
        Document.objects.filter(pk=document.pk).update(**change)


def test_a_row_without_its_bytes_cannot_be_written(company: Company) -> None:
    """What a process that is killed between the two leaves behind: nothing."""
    file = a_file()
    with breaks("document_bytes_as_stated"):
        Document.objects.create(
            company=company,
            kind="other",
            title="Half",
            filename="x.pdf",
            file_kind="pdf",
            size=file.size,
            sha256=file.sha256,
            uploaded_by=company.created_by,
        )


def test_bytes_neither_change_nor_leave_alone(company: Company) -> None:
    content = add(company).content
    keeps_all_rules()
    with breaks("document_bytes_frozen"):
        DocumentContent.objects.filter(pk=content.pk).update(data=b"iets anders")
    with breaks("document_bytes_stay"):
        DocumentContent.objects.filter(pk=content.pk).delete()
    with breaks("document_once"):
        again = Document.objects.get(pk=content.pk)
        again.pk = None
        again.save()


def test_a_company_goes_with_its_papers(company: Company) -> None:
    add(company)
    services.give_consent(company_id=company.pk, purpose=SHARE, by=company.created_by)
    keeps_all_rules()
    company.delete()
    keeps_all_rules()
    assert not Document.objects.exists()
    assert not Consent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_uploads_at_once_do_not_pass_the_total_together(settings: Any) -> None:
    company: Company = CompanyFactory()
    settings.DOCUMENT_TOTAL_BYTES = 3_500
    barrier = Barrier(6)
    outcomes: list[str] = []

    def upload(number: int) -> None:
        try:
            barrier.wait(timeout=10)
            add(company, a_file(str(number), 1_000))
            outcomes.append("kept")
        except DocumentError as error:
            outcomes.append(error.reason.value)
        finally:
            connection.close()

    threads = [Thread(target=upload, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == ["company_full"] * 3 + ["kept"] * 3
    assert company.documents.count() == DocumentContent.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_process_that_dies_between_the_steps_leaves_nothing(monkeypatch: Any) -> None:
    company: Company = CompanyFactory()

    def dies(**_: Any) -> None:
        with connection.cursor() as cursor:  # as a kill does: the connection breaks off
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(DocumentContent.objects, "create", dies)
    with pytest.raises(Exception, match="terminat"):
        add(company)
    connection.close()
    assert not Document.objects.exists()
    assert not DocumentContent.objects.exists()


def given(company: Company, purpose: ConsentPurpose) -> bool:
    """As every reader asks it, one company and many alike."""
    one = selectors.has_consent(company.pk, purpose)
    assert (company in Company.objects.consenting(purpose)) == one
    return one


def test_no_consent_until_given_and_none_at_once_after_withdrawal(company: Company) -> None:
    owner = company.created_by
    assert not given(company, SHARE)
    services.withdraw_consent(company_id=company.pk, purpose=SHARE, by=owner)
    first = services.give_consent(company_id=company.pk, purpose=SHARE, by=owner)
    assert services.give_consent(company_id=company.pk, purpose=SHARE, by=owner) == first
    assert given(company, SHARE)
    assert not given(company, BENCHMARK)
    services.withdraw_consent(company_id=company.pk, purpose=SHARE, by=owner)
    assert not given(company, SHARE)
    services.give_consent(company_id=company.pk, purpose=SHARE, by=owner)
    share = next(s for s in selectors.consents_of(company) if s.purpose == SHARE)
    assert [row.withdrawn_at is None for row, _ in share.history] == [True, False]


@pytest.mark.parametrize("enough", [True, False])
def test_a_newer_text_keeps_or_ends_older_consents(
    company: Company, monkeypatch: pytest.MonkeyPatch, enough: bool
) -> None:
    owner = company.created_by
    services.give_consent(company_id=company.pk, purpose=SHARE, by=owner)
    old = texts.TEXTS[SHARE][0]
    fields = {name: value for name, value in vars(old).items() if name != "still_enough"}
    older = texts.ConsentText(**fields, still_enough=enough)
    newer = texts.ConsentText(**fields | {"version": "2027-01"})
    monkeypatch.setattr(texts, "TEXTS", {**texts.TEXTS, SHARE: (newer, older)})
    assert given(company, SHARE) == enough
    services.give_consent(company_id=company.pk, purpose=SHARE, by=owner)
    assert given(company, SHARE)
    assert [row.version for row in Consent.objects.open()] == ["2027-01"]
    assert Consent.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("consent_withdrawn_whole", {"withdrawn_at": timezone.now() + timedelta(days=1)}),
        ("consent_only_ends", {"version": "2020-01"}),
        ("consent_only_ends", {"given_at": timezone.now()}),
        ("consent_only_ends", {"purpose": "benchmark"}),
    ],
)
def test_a_consent_is_only_ended(company: Company, name: str, change: dict[str, Any]) -> None:
    row = services.give_consent(company_id=company.pk, purpose=SHARE, by=company.created_by)
    with breaks(name):
        Consent.objects.filter(pk=row.pk).update(**change)
    services.withdraw_consent(company_id=company.pk, purpose=SHARE, by=company.created_by)
    with breaks("consent_only_ends"):
        Consent.objects.filter(pk=row.pk).update(withdrawn_at=None, withdrawn_by=None)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("consent_purpose_known", {"purpose": "verkopen"}),
        ("consent_version_known", {"version": ""}),
        ("consent_open_once", {}),
        (
            "consent_withdrawn_later",
            {"withdrawn_at": timezone.now() - timedelta(days=9), "withdrawn_by": 1},
        ),
    ],
)
def test_rules_of_a_consent(company: Company, name: str, fields: dict[str, Any]) -> None:
    services.give_consent(company_id=company.pk, purpose=SHARE, by=company.created_by)
    values: dict[str, Any] = {"purpose": SHARE, "version": "2026-11"} | fields
    if values.pop("withdrawn_by", None):
        values["withdrawn_by"] = UserFactory()
    with breaks(name):
        Consent.objects.create(company=company, given_by=company.created_by, **values)
