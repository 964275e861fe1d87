"""What a version lacks: one fault at a time in a version that is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.readiness.content.checking import Fault, Problem, Weight, blocking, check
from assessments.readiness.content.places import Field, Place
from assessments.readiness.content.reading import (
    NO_WORDING,
    SHIPPED_EDITION,
    QuestionnaireText,
    StatementText,
    TransitionText,
    Wording,
    read_questionnaire,
)
from assessments.readiness.domain.parts import PartKind, Topic


def wording(word: str) -> Wording:
    return Wording(f"{word} in het Nederlands", f"{word} in English")


def statement(slug: str, position: int = 1, **changes: Any) -> StatementText:
    levels = tuple(wording(f"niveau {number}") for number in range(1, 6))
    whole = StatementText(
        slug, wording(slug), wording("voorbeeld"), levels, wording("stap"),
        topics=(Topic.DIGITAL,), position=position,
    )  # fmt: skip
    return replace(whole, **changes)


def part(slug: str, kind: PartKind, statements: int, position: int) -> TransitionText:
    items = tuple(statement(f"{slug}-{n}", n) for n in range(1, statements + 1))
    return TransitionText(slug, wording(slug), wording("intro"), items, kind, position)


def whole() -> QuestionnaireText:
    parts = [part(f"t{n}", PartKind.TRANSITION, 5, n) for n in range(1, 8)]
    parts.append(part("support", PartKind.OPERATOR_SUPPORT, 6, 8))
    parts.append(part("resilience", PartKind.RESILIENCE, 8, 9))
    return QuestionnaireText(tuple(parts))


def with_part(changed: TransitionText) -> QuestionnaireText:
    parts = whole().transitions
    return QuestionnaireText(tuple(changed if p.slug == changed.slug else p for p in parts))


def with_statement(changed: StatementText) -> QuestionnaireText:
    first = whole().transitions[0]
    items = tuple(changed if s.slug == changed.slug else s for s in first.statements)
    return with_part(replace(first, statements=items))


HERE = Place("t1", "t1-2")
TEXT, LEVEL = HERE.within(Field.TEXT), HERE.within(Field.LEVEL, 3)


def test_what_is_whole_has_no_problem() -> None:
    assert check(whole()) == ()


def test_the_shipped_edition_can_be_published() -> None:
    problems = check(read_questionnaire(SHIPPED_EDITION))
    assert {problem.weight for problem in problems} <= {Weight.HINTS}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"text": Wording("x", "")}, TEXT.in_language("en")),
        ({"text": Wording(" \n", "x")}, TEXT.in_language("nl")),
        ({"text": NO_WORDING}, TEXT),
        ({"example": NO_WORDING}, HERE.within(Field.EXAMPLE)),
        ({"step": Wording("x", " ")}, HERE.within(Field.STEP).in_language("en")),
        ({"levels": (wording("a"), wording("b"), NO_WORDING, wording("c"), wording("d"))}, LEVEL),
    ],
)
def test_a_missing_text_stands_in_the_way(changes: dict[str, Any], place: Place) -> None:
    problems = check(with_statement(statement("t1-2", 2, **changes)))
    assert problems == (Problem(Fault.TEXT_MISSING, place),)
    assert blocking(problems) == problems


def test_the_texts_of_a_part() -> None:
    first = replace(whole().transitions[0], title=NO_WORDING, intro=Wording("x", ""))
    assert [problem.place for problem in check(with_part(first))] == [
        Place("t1", field=Field.TITLE),
        Place("t1", field=Field.INTRO, language="en"),
    ]


def test_levels_that_say_the_same() -> None:
    levels = [wording(f"niveau {number}") for number in range(1, 6)]
    levels[3] = Wording(f"  {levels[1].nl.upper()}. ", levels[3].en)
    assert check(with_statement(statement("t1-2", 2, levels=tuple(levels)))) == (
        Problem(Fault.SAME_LEVELS, HERE.within(Field.LEVEL, 4).in_language("nl"), 2),
    )


def test_nothing_at_all() -> None:
    faults = [(problem.fault, problem.count) for problem in check(QuestionnaireText(()))]
    assert faults == [
        (Fault.NO_PARTS, 0),
        (Fault.FEW_TRANSITIONS, 0),
        (Fault.FEW_OF_SUPPORT, 0),
        (Fault.NO_RESILIENCE, 0),
    ]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        (
            lambda: with_part(replace(whole().transitions[0], statements=())),
            Problem(Fault.NO_STATEMENTS, Place("t1")),
        ),
        (
            lambda: with_part(part("t1", PartKind.TRANSITION, 4, 1)),
            Problem(Fault.FEW_STATEMENTS, Place("t1"), 4),
        ),
        (
            lambda: with_part(part("support", PartKind.OPERATOR_SUPPORT, 5, 8)),
            Problem(Fault.FEW_OF_SUPPORT, Place("support"), 5),
        ),
        (
            lambda: QuestionnaireText(whole().transitions[1:]),
            Problem(Fault.FEW_TRANSITIONS, Place(), 6),
        ),
        (
            lambda: QuestionnaireText(whole().transitions[:-1]),
            Problem(Fault.NO_RESILIENCE, Place()),
        ),
        (
            lambda: with_part(replace(whole().transitions[1], position=1)),
            Problem(Fault.DOUBLED_POSITION, Place("t2", field=Field.ORDER), 1),
        ),
        (
            lambda: with_statement(statement("t1-2", 1)),
            Problem(Fault.DOUBLED_POSITION, HERE.within(Field.ORDER), 1),
        ),
        (
            lambda: with_statement(statement("t1-2", 2, topics=())),
            Problem(Fault.NO_TOPIC, HERE.within(Field.TOPICS)),
        ),
    ],
)
def test_one_fault_at_a_time(changed: Callable[[], QuestionnaireText], problem: Problem) -> None:
    assert check(changed()) == (problem,)


def test_positions_that_are_not_known_are_no_fault() -> None:
    first = whole().transitions[0]
    items = tuple(replace(item, position=0) for item in first.statements)
    assert check(with_part(replace(first, statements=items, position=0))) == ()


def test_the_worst_comes_first() -> None:
    text = with_statement(
        statement("t1-2", 2, text=Wording(" ".join(["woord"] * 23), ""), topics=())
    )
    assert [problem.weight for problem in check(text)] == [
        Weight.BLOCKS,
        Weight.WARNS,
        Weight.HINTS,
    ]


@given(
    st.lists(
        st.tuples(st.integers(1, 40), st.sampled_from([". ", "? ", "! ", ": ", "; ", "\n"])),
        min_size=1,
        max_size=5,
    )
)
def test_long_sentences_are_found_wherever_they_end(sentences: list[tuple[int, str]]) -> None:
    """Against the counts from which the text was made."""
    text = "".join(" ".join(["woord"] * count) + end for count, end in sentences)
    problems = check(with_statement(statement("t1-2", 2, text=Wording(text, "x"))))
    assert [problem.count for problem in problems] == [n for n, _ in sentences if n > 22]
    assert all(problem.fault is Fault.LONG_SENTENCE for problem in problems)


def test_a_dot_inside_a_word_ends_no_sentence() -> None:
    text = " ".join(["12.500"] * 23)
    problems = check(with_statement(statement("t1-2", 2, text=Wording(text, "x"))))
    assert [(problem.count, problem.quote) for problem in problems] == [(23, text)]
