"""Documents and consents of a company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BinaryField, QuerySet
from django.db.models.functions import Substr

from companies.profiles.content.consents import (
    ConsentText,
    current_text,
    text_of,
    versions_in_force,
)
from companies.profiles.enums import ConsentPurpose
from companies.profiles.models import Company, Consent, Document, DocumentContent


def documents_of(company: Company) -> list[Document]:
    """Current and removed ones with their certificate and people; one query."""
    found: QuerySet[Document] = Document.objects.filter(company=company)
    return list(found.select_related("competence", "uploaded_by", "removed_by"))


def document_piece(document_id: int, start: int, length: int) -> bytes:
    """``length`` bytes of a document from byte ``start`` (0 first); the rest is not read."""
    piece = DocumentContent.objects.filter(pk=document_id).values_list(
        Substr("data", start + 1, length, output_field=BinaryField()), flat=True
    )
    return bytes(piece.get())


def has_consent(company_id: int, purpose: ConsentPurpose) -> bool:
    """The company agrees to this purpose at this moment; one query."""
    return Consent.objects.in_force(purpose).filter(company_id=company_id).exists()


@dataclass(frozen=True)
class ConsentState:
    """One purpose as it stands: what is asked, what was given, and everything before."""

    purpose: ConsentPurpose
    text: ConsentText
    given: Consent | None
    is_in_force: bool
    history: Sequence[tuple[Consent, ConsentText | None]]


def consents_of(company: Company) -> list[ConsentState]:
    """Every purpose, asked or not; one query."""
    rows = list(Consent.objects.filter(company=company).select_related("given_by", "withdrawn_by"))
    states = []
    for purpose in ConsentPurpose:
        history = [row for row in rows if row.purpose == purpose]
        given = next((row for row in history if row.withdrawn_at is None), None)
        states.append(
            ConsentState(
                purpose=purpose,
                text=current_text(purpose),
                given=given,
                is_in_force=given is not None and given.version in versions_in_force(purpose),
                history=[(row, text_of(purpose, row.version)) for row in history],
            )
        )
    return states
