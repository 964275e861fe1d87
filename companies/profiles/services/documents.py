"""Writes to the documents of a company; no fact changes, so the version of facts stays."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from companies.profiles.domain.files import CheckedFile
from companies.profiles.models import Company, Document, DocumentContent
from companies.profiles.services.facts import lock_company
from portal.accounts.models import User


class Refused(StrEnum):
    """Why a document is not taken in or put back."""

    TOO_LARGE = "too_large"
    COMPANY_FULL = "company_full"
    BIN_FULL = "bin_full"
    TWICE = "twice"
    TOO_LATE = "too_late"


class DocumentError(Exception):
    """The company's documents stay as they were; ``reason`` says why."""

    def __init__(self, reason: Refused) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class DocumentInput:
    """What people say about a document; ``competence_id`` is the certificate it proves."""

    kind: str
    title: str
    year: int | None = None
    valid_until: date | None = None
    competence_id: int | None = None


def _size(documents: QuerySet[Document]) -> int:
    total: int | None = documents.aggregate(total=Sum("size"))["total"]
    return total or 0


def _check_room(company: Company, *, size: int, sha256: str, instead_of: int | None) -> None:
    """DocumentError when a file of ``size`` bytes does not fit; the company is locked.

    What waits in the bin does not count against the company, up to as much again: a bin
    without end would be a way round the limit.
    """
    kept = Document.objects.filter(company=company)
    current = kept.current()
    if instead_of is not None:
        current = current.exclude(pk=instead_of)
    if current.filter(sha256=sha256).exists():
        raise DocumentError(Refused.TWICE)
    if _size(current) + size > settings.DOCUMENT_TOTAL_BYTES:
        raise DocumentError(Refused.COMPANY_FULL)
    if _size(kept) + size > 2 * settings.DOCUMENT_TOTAL_BYTES:
        raise DocumentError(Refused.BIN_FULL)


def _store(company: Company, by: User, details: DocumentInput, file: CheckedFile) -> Document:
    document = Document.objects.create(
        company=company,
        filename=file.name,
        file_kind=file.kind.value,
        size=file.size,
        sha256=file.sha256,
        uploaded_by=by,
        **asdict(details),
    )
    DocumentContent.objects.create(document=document, data=file.data)
    return document


@transaction.atomic
def add_document(
    *, company_id: int, by: User, details: DocumentInput, file: CheckedFile
) -> Document:
    """Keep a file with what is said about it.

    DocumentError ``too_large``, ``twice`` (the same bytes are there), ``company_full`` or
    ``bin_full``. Two uploads at once wait for each other, so the total holds.
    """
    if file.size > settings.DOCUMENT_MAX_BYTES:
        raise DocumentError(Refused.TOO_LARGE)
    company = lock_company(company_id)
    _check_room(company, size=file.size, sha256=file.sha256, instead_of=None)
    return _store(company, by, details, file)


@transaction.atomic
def change_document(
    *,
    company_id: int,
    document_id: int,
    by: User,
    details: DocumentInput,
    file: CheckedFile | None = None,
) -> Document:
    """Say something else about a document, or put a new file in its place.

    The old file goes to the bin, from where it can be put back. Document.DoesNotExist when
    it was removed meanwhile; DocumentError as ``add_document``.
    """
    if file is not None and file.size > settings.DOCUMENT_MAX_BYTES:
        raise DocumentError(Refused.TOO_LARGE)
    company = lock_company(company_id)
    document = Document.objects.current().get(pk=document_id, company=company)
    if file is not None and file.sha256 != document.sha256:
        _check_room(company, size=file.size, sha256=file.sha256, instead_of=document.pk)
        _bin(document, by)
        return _store(company, by, details, file)
    for name, value in asdict(details).items():
        setattr(document, name, value)
    document.save(update_fields=list(asdict(details)))
    return document


def _bin(document: Document, by: User) -> None:
    document.removed_at, document.removed_by = timezone.now(), by
    document.save(update_fields=["removed_at", "removed_by"])


@transaction.atomic
def remove_document(*, company_id: int, document_id: int, by: User) -> Document:
    """Move a document to the bin; again is no error."""
    company = lock_company(company_id)
    document = Document.objects.get(pk=document_id, company=company)
    if document.removed_at is None:
        _bin(document, by)
    return document


@transaction.atomic
def restore_document(*, company_id: int, document_id: int, now: datetime) -> Document:
    """Put a document back from the bin; again is no error.

    DocumentError ``too_late`` after the days of grace, ``twice`` when the same file was
    uploaded again, ``company_full``. Document.DoesNotExist when it is deleted for good.
    """
    company = lock_company(company_id)
    document = Document.objects.get(pk=document_id, company=company)
    if document.gone_at is None:
        return document
    if document.gone_at <= now:
        raise DocumentError(Refused.TOO_LATE)
    current = Document.objects.filter(company=company).current()
    if current.filter(sha256=document.sha256).exists():
        raise DocumentError(Refused.TWICE)
    if _size(current) + document.size > settings.DOCUMENT_TOTAL_BYTES:
        raise DocumentError(Refused.COMPANY_FULL)
    document.removed_at = document.removed_by = None
    document.save(update_fields=["removed_at", "removed_by"])
    return document


@transaction.atomic
def sweep_documents(*, now: datetime) -> int:
    """Delete for good what lay in the bin longer than the days of grace; answers how many.

    Rows that somebody is putting back right now are left for the next time.
    """
    gone = Document.objects.past_grace(now).order_by("pk").select_for_update(skip_locked=True)
    keys = [document.pk for document in gone]
    Document.objects.filter(pk__in=keys).delete()
    return len(keys)
