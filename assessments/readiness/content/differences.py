"""What changed between two versions of the questionnaire, as plain values.

Parts and statements are recognised by their code: the same code is the same question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import blake2b
from json import dumps

from assessments.readiness.content.places import (
    LANGUAGES,
    Field,
    Place,
    place_of,
    spoken,
    texts_of_part,
    texts_of_statement,
)
from assessments.readiness.content.reading import (
    NO_WORDING,
    QuestionnaireText,
    StatementText,
    TransitionText,
    Wording,
)


class Change(StrEnum):
    """What happened at a place."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A change with what stood there and what stands there now.

    A changed text holds one string; an added or removed part or statement its Dutch and
    English text; a list (topics, needs, an order of codes) its words.
    """

    change: Change
    place: Place
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


def differences(old: QuestionnaireText, new: QuestionnaireText) -> tuple[Difference, ...]:
    """Removed parts first, then everything in the order of the new version."""
    before = {part.slug: part for part in old.transitions}
    after = {part.slug: part for part in new.transitions}
    found = [
        Difference(Change.REMOVED, place_of(part), old=_both(part.title))
        for part in old.transitions
        if part.slug not in after
    ]
    found += _order(Place(), list(before), list(after))
    for part in new.transitions:
        earlier = before.get(part.slug)
        if earlier is None:
            found.append(Difference(Change.ADDED, place_of(part), new=_both(part.title)))
        found += _statements(earlier, part)
    return tuple(found)


def _statements(old: TransitionText | None, new: TransitionText) -> Iterator[Difference]:
    """A part with its statements; those of an added part are all added."""
    before = {item.slug: item for item in old.statements} if old else {}
    after = {item.slug: item for item in new.statements}
    if old:
        yield from _texts(texts_of_part(old), texts_of_part(new))
        yield from _value(place_of(new).within(Field.KIND), (old.kind,), (new.kind,))
        for item in old.statements:
            if item.slug not in after:
                place = place_of(old, item)
                yield Difference(Change.REMOVED, place, old=_both(item.text))
        yield from _order(place_of(new), list(before), list(after))
    for item in new.statements:
        earlier = before.get(item.slug)
        if earlier is None:
            yield Difference(Change.ADDED, place_of(new, item), new=_both(item.text))
        else:
            yield from _texts(texts_of_statement(new, earlier), texts_of_statement(new, item))
            yield from _settings(place_of(new, item), earlier, item)


def _texts(
    old: Iterator[tuple[Place, Wording]], new: Iterator[tuple[Place, Wording]]
) -> Iterator[Difference]:
    """The same places in two versions; a place that only one has counts as empty in the other."""
    before, after = dict(old), dict(new)
    for place in before | after:
        for language in LANGUAGES:
            yield from _value(
                place.in_language(language),
                (spoken(before.get(place, NO_WORDING), language),),
                (spoken(after.get(place, NO_WORDING), language),),
            )


def _settings(here: Place, old: StatementText, new: StatementText) -> Iterator[Difference]:
    """What ranks a statement and leads from it to support."""
    yield from _value(here.within(Field.IMPACT), (str(old.impact),), (str(new.impact),))
    yield from _value(here.within(Field.EFFORT), (str(old.effort),), (str(new.effort),))
    yield from _value(here.within(Field.TOPICS), sorted(old.topics), sorted(new.topics))
    yield from _value(here.within(Field.NEEDS), sorted(old.needs), sorted(new.needs))


def _order(here: Place, old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    """Another order of the codes that both versions have."""
    before = [slug for slug in old if slug in new]
    after = [slug for slug in new if slug in old]
    yield from _value(here.within(Field.ORDER), before, after)


def _value(place: Place, old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    if tuple(old) != tuple(new):
        yield Difference(Change.CHANGED, place, tuple(map(str, old)), tuple(map(str, new)))


def _both(wording: Wording) -> tuple[str, ...]:
    return tuple(spoken(wording, language) for language in LANGUAGES)


def fingerprint(text: QuestionnaireText) -> str:
    """A short word that changes with any text, order or setting of a version.

    A preview carries it along, so that nothing is published that was not on the page.
    No secret: it only protects against mistakes.
    """
    stored = dumps(asdict(text), sort_keys=True, ensure_ascii=False)
    return blake2b(stored.encode(), digest_size=16).hexdigest()
