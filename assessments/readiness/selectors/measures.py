"""Which support measures fit a step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from assessments.readiness.domain.parts import Topic
from assessments.readiness.models import SupportMeasure


def measures_by_topic(today: date) -> dict[Topic, list[SupportMeasure]]:
    """Measures in force by topic; one query."""
    found: dict[Topic, list[SupportMeasure]] = {}
    for measure in SupportMeasure.objects.in_force(today):
        for word in measure.topics:
            found.setdefault(Topic(word), []).append(measure)
    return found


def measures_for(
    topics: Iterable[str], by_topic: Mapping[Topic, list[SupportMeasure]]
) -> list[SupportMeasure]:
    """Measures that share a topic, each once, those of the first topic first."""
    found: dict[int, SupportMeasure] = {}
    for word in topics:
        for measure in by_topic.get(Topic(word), []):
            found.setdefault(measure.pk, measure)
    return list(found.values())
