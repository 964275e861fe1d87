"""Reference texts of one opportunity as its page lays them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.opportunities.models import ReferenceKind, ReferenceText

_PARAGRAPHS = (ReferenceKind.DEFINITION, ReferenceKind.POTENTIAL)
_LISTS = (
    ReferenceKind.ACTIVITY,
    ReferenceKind.COMPETENCE,
    ReferenceKind.OBSTACLE,
    ReferenceKind.SUCCESS,
)


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """Paragraphs, lists with their headings, examples, notes; and sources, each once.

    An example has a source of its own, so it is not among ``sources``.
    """

    paragraphs: Sequence[ReferenceText]
    lists: Sequence[tuple[Any, Sequence[ReferenceText]]]
    examples: Sequence[ReferenceText]
    notes: Sequence[ReferenceText]
    sources: Sequence[str]


def reference_page(texts: Mapping[ReferenceKind, Sequence[ReferenceText]]) -> ReferencePage:
    """A kind without texts is left out."""
    told = [text for kind in (*_PARAGRAPHS, *_LISTS) for text in texts.get(kind, ())]
    return ReferencePage(
        paragraphs=[text for kind in _PARAGRAPHS for text in texts.get(kind, ())],
        lists=[(kind.label, texts[kind]) for kind in _LISTS if texts.get(kind)],
        examples=texts.get(ReferenceKind.EXAMPLE, ()),
        notes=texts.get(ReferenceKind.NOTE, ()),
        sources=list(dict.fromkeys(text.source for text in told)),
    )
