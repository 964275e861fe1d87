"""The examples from practice that come with the portal."""

from __future__ import annotations

from django.db import transaction

from assessments.readiness.content.examples import read_examples
from assessments.readiness.models import PracticeExample


@transaction.atomic
def load_examples() -> None:
    """Fill the list once; an administrator who changed or removed an example has the last word."""
    if PracticeExample.objects.exists():
        return
    PracticeExample.objects.bulk_create(
        PracticeExample(
            slug=example.slug,
            organisation=example.organisation,
            title_nl=example.title.nl,
            title_en=example.title.en,
            text_nl=example.text.nl,
            text_en=example.text.en,
            source=example.source,
            year=example.year,
            topics=[topic.value for topic in example.topics],
        )
        for example in read_examples()
    )
