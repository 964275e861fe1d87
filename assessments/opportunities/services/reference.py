"""The reference texts that come with the portal."""

from __future__ import annotations

from django.db import transaction

from assessments.opportunities.content.reference import read_reference_texts
from assessments.opportunities.models import ReferenceText


@transaction.atomic
def load_reference_texts() -> None:
    """Fill the list once; an administrator who changed or removed a text has the last word."""
    if ReferenceText.objects.exists():
        return
    ReferenceText.objects.bulk_create(
        ReferenceText(
            opportunity=text.opportunity,
            kind=text.kind,
            position=text.position,
            organisation=text.organisation,
            text_nl=text.text_nl,
            text_en=text.text_en,
            source=text.source,
        )
        for text in read_reference_texts()
    )
