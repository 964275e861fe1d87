"""The support measures that come with the portal."""

from __future__ import annotations

from django.db import transaction

from assessments.readiness.content.measures import read_measures
from assessments.readiness.models import SupportMeasure


@transaction.atomic
def load_measures() -> None:
    """Fill the list once; an administrator who changed or removed a measure has the last word."""
    if SupportMeasure.objects.exists():
        return
    SupportMeasure.objects.bulk_create(
        SupportMeasure(
            slug=measure.slug,
            kind=measure.kind,
            name_nl=measure.name.nl,
            name_en=measure.name.en,
            provider=measure.provider,
            text_nl=measure.text.nl,
            text_en=measure.text.en,
            url=measure.url,
            topics=[topic.value for topic in measure.topics],
        )
        for measure in read_measures()
    )
