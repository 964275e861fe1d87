"""The support measures that come with the portal."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from assessments.readiness.content.measures import MeasureText, read_measures
from assessments.readiness.models import SupportMeasure


@transaction.atomic
def load_measures() -> None:
    """Fill the list once; an administrator who changed or removed a measure has the last word.

    Nobody can ship when a call is open, so none has dates: administrators note them.
    """
    if SupportMeasure.objects.exists():
        return
    SupportMeasure.objects.bulk_create(_row(measure) for measure in read_measures())


@transaction.atomic
def add_measure(
    *, measure: MeasureText, valid_from: date | None, valid_until: date | None
) -> SupportMeasure:
    """One more measure, for the days on which it can be used."""
    row = _row(measure)
    row.valid_from, row.valid_until = valid_from, valid_until
    row.save()
    return row


def _row(measure: MeasureText) -> SupportMeasure:
    return SupportMeasure(
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
