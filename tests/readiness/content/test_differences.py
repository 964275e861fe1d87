"""Old against new: nothing missed, nothing invented."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.readiness.content.differences import (
    Change,
    Difference,
    differences,
    fingerprint,
)
from assessments.readiness.content.places import Field, Place
from assessments.readiness.content.reading import (
    SHIPPED_EDITION,
    QuestionnaireText,
    StatementText,
    Wording,
    read_questionnaire,
)
from assessments.readiness.domain.parts import PartKind, SupportNeed, Topic

SHIPPED = read_questionnaire(SHIPPED_EDITION)
ECO = next(part for part in SHIPPED.transitions if part.slug == "eco")
ENERGY = ECO.statements[0]
HERE = Place("eco", "energy")


def with_eco(**changes: Any) -> QuestionnaireText:
    return QuestionnaireText(
        tuple(replace(p, **changes) if p is ECO else p for p in SHIPPED.transitions)
    )


def with_energy(**changes: Any) -> QuestionnaireText:
    return with_eco(
        statements=tuple(replace(s, **changes) if s is ENERGY else s for s in ECO.statements)
    )


def test_the_same_text_has_no_difference() -> None:
    assert differences(SHIPPED, SHIPPED) == ()


LEVELS = (*ENERGY.levels[:2], Wording(ENERGY.levels[2].nl, "Other"), *ENERGY.levels[3:])


@pytest.mark.parametrize(
    ("changes", "place", "old", "new"),
    [
        ({"text": Wording("N", ENERGY.text.en)}, HERE.within(Field.TEXT).in_language("nl"),
         (ENERGY.text.nl,), ("N",)),
        ({"levels": LEVELS}, HERE.within(Field.LEVEL, 3).in_language("en"),
         (ENERGY.levels[2].en,), ("Other",)),
        ({"levels": (*ENERGY.levels[:4], Wording(ENERGY.levels[4].nl, ""))},
         HERE.within(Field.LEVEL, 5).in_language("en"), (ENERGY.levels[4].en,), ("",)),
        ({"impact": 5}, HERE.within(Field.IMPACT), ("3",), ("5",)),
        ({"effort": 1}, HERE.within(Field.EFFORT), ("2",), ("1",)),
        ({"topics": (Topic.WATER,)}, HERE.within(Field.TOPICS), ("energy", "green"), ("water",)),
        ({"needs": (SupportNeed.MOTOR,)}, HERE.within(Field.NEEDS), (), ("motor",)),
    ],
)  # fmt: skip
def test_one_change_is_one_difference(
    changes: dict[str, Any], place: Place, old: tuple[str, ...], new: tuple[str, ...]
) -> None:
    assert differences(SHIPPED, with_energy(**changes)) == (
        Difference(Change.CHANGED, place, old, new),
    )


def test_another_order_of_topics_is_no_difference() -> None:
    assert differences(SHIPPED, with_energy(topics=ENERGY.topics[::-1])) == ()


def test_a_statement_comes_and_goes() -> None:
    fresh = replace(ENERGY, slug="fresh", text=Wording("Nieuw", "New"))
    text = with_eco(statements=(fresh, *ECO.statements[1:]))
    removed = Difference(Change.REMOVED, HERE, old=(ENERGY.text.nl, ENERGY.text.en))
    added = Difference(Change.ADDED, Place("eco", "fresh"), new=("Nieuw", "New"))
    assert differences(SHIPPED, text) == (removed, added)
    back = differences(text, SHIPPED)
    assert {(item.change, item.place.statement) for item in back} == {
        (Change.REMOVED, "fresh"),
        (Change.ADDED, "energy"),
    }


def test_a_part_comes_and_goes_with_its_statements() -> None:
    shorter = QuestionnaireText(tuple(part for part in SHIPPED.transitions if part is not ECO))
    assert differences(SHIPPED, shorter) == (
        Difference(Change.REMOVED, Place("eco"), old=(ECO.title.nl, ECO.title.en)),
    )
    added = differences(shorter, SHIPPED)
    assert [item.place.statement for item in added] == ["", *(s.slug for s in ECO.statements)]
    assert {item.change for item in added} == {Change.ADDED}


def test_order_and_kind() -> None:
    turned = QuestionnaireText(SHIPPED.transitions[::-1])
    slugs = tuple(part.slug for part in SHIPPED.transitions)
    assert differences(SHIPPED, turned) == (
        Difference(Change.CHANGED, Place(field=Field.ORDER), slugs, slugs[::-1]),
    )
    mixed = with_eco(statements=ECO.statements[::-1], kind=PartKind.RESILIENCE)
    assert [item.place.field for item in differences(SHIPPED, mixed)] == [Field.KIND, Field.ORDER]


WORDS = st.text("ab", max_size=2)
WORDINGS = st.builds(Wording, WORDS, WORDS)
STATEMENTS = st.builds(
    StatementText,
    st.sampled_from(["one", "two", "three"]),
    WORDINGS,
    WORDINGS,
    st.tuples(WORDINGS, WORDINGS),
    WORDINGS,
    st.integers(1, 5),
    st.integers(1, 5),
    st.just(()),
    st.just(()),
)
VERSIONS = st.lists(STATEMENTS, max_size=3, unique_by=lambda item: item.slug).map(
    lambda items: with_eco(statements=tuple(items))
)


@given(VERSIONS, VERSIONS)
def test_no_difference_exactly_when_the_text_is_the_same(
    old: QuestionnaireText, new: QuestionnaireText
) -> None:
    assert (differences(old, new) == ()) == (old == new)
    assert (fingerprint(old) == fingerprint(new)) == (old == new)


def test_the_fingerprint_sees_every_field() -> None:
    """Also the ones that somebody adds later."""
    others = {
        "slug": "other",
        "text": Wording("x", "x"),
        "example": Wording("x", "x"),
        "levels": ENERGY.levels[::-1],
        "step": Wording("x", "x"),
        "impact": 5,
        "effort": 5,
        "topics": (),
        "needs": tuple(SupportNeed),
        "position": 9,
    }
    assert set(others) == {field.name for field in fields(StatementText)}
    seen = {fingerprint(with_energy(**{name: value})) for name, value in others.items()}
    assert len(seen | {fingerprint(SHIPPED)}) == len(others) + 1
