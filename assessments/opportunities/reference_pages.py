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
    """What stands on the page, and the sources of it, each once.

    ``potential`` is why the study judges as it does; ``lists`` come with their headings. Examples
    and notes show their source themselves, so it is not among ``sources``.
    """

    definition: Sequence[ReferenceText]
    potential: Sequence[ReferenceText]
    lists: Sequence[tuple[Any, Sequence[ReferenceText]]]
    examples: Sequence[ReferenceText]
    notes: Sequence[ReferenceText]
    sources: Sequence[str]


def reference_page(texts: Mapping[ReferenceKind, Sequence[ReferenceText]]) -> ReferencePage:
    """A kind without texts is left out."""
    told = [text for kind in (*_PARAGRAPHS, *_LISTS) for text in texts.get(kind, ())]
    return ReferencePage(
        definition=texts.get(ReferenceKind.DEFINITION, ()),
        potential=texts.get(ReferenceKind.POTENTIAL, ()),
        lists=[(kind.label, texts[kind]) for kind in _LISTS if texts.get(kind)],
        examples=texts.get(ReferenceKind.EXAMPLE, ()),
        notes=texts.get(ReferenceKind.NOTE, ()),
        sources=list(dict.fromkeys(text.source for text in told)),
    )
