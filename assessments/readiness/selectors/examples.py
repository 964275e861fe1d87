"""Which examples from practice fit a step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assessments.readiness.domain.parts import Topic
from assessments.readiness.models import PracticeExample


def examples_by_topic() -> dict[Topic, list[PracticeExample]]:
    """Examples from practice by topic; one query."""
    found: dict[Topic, list[PracticeExample]] = {}
    for example in PracticeExample.objects.all():
        for word in example.topics:
            found.setdefault(Topic(word), []).append(example)
    return found


def examples_for(
    topics: Iterable[str], by_topic: Mapping[Topic, list[PracticeExample]]
) -> list[PracticeExample]:
    """Examples that share a topic, each once, those that share most first.

    Examples that share as many come in the order of the topics, then of the list.
    """
    found: dict[int, PracticeExample] = {}
    shared: dict[int, int] = {}
    for word in topics:
        for example in by_topic.get(Topic(word), []):
            found.setdefault(example.pk, example)
            shared[example.pk] = shared.get(example.pk, 0) + 1
    return sorted(found.values(), key=lambda example: -shared[example.pk])
