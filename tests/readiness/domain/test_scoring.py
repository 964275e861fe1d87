"""Scores with their range, against a slow and obvious reference."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.readiness.domain.answers import AnswerKind, Response
from assessments.readiness.domain.scoring import (
    Extremes,
    Score,
    extremes,
    score_overall,
    score_scan,
    score_transition,
    tally,
)

NOT_APPLICABLE = Response(AnswerKind.NOT_APPLICABLE)
UNKNOWN = Response(AnswerKind.UNKNOWN)
levels = st.integers(1, 5).map(lambda level: Response(AnswerKind.LEVEL, level))
responses = st.one_of(st.none(), st.just(NOT_APPLICABLE), st.just(UNKNOWN), levels)
transitions = st.lists(responses, max_size=6)
scans = st.lists(st.lists(responses, min_size=1, max_size=3), min_size=1, max_size=3)


def level(number: int) -> Response:
    return Response(AnswerKind.LEVEL, number)


def score(given_responses: list[Response | None]) -> Score | None:
    return score_transition(tally(given_responses))


def is_open(response: Response | None) -> bool:
    return response is None or response.kind is AnswerKind.UNKNOWN


def completions(given_responses: list[Response | None]) -> list[list[Response]]:
    """Every way in which the open points could turn out as a level."""
    choices = [
        [level(n) for n in range(1, 6)] if response is None or is_open(response) else [response]
        for response in given_responses
    ]
    return [list(choice) for choice in product(*choices)]


def plain_mean(given_responses: list[Response]) -> Fraction | None:
    """The mean of the levels, by adding them up one by one."""
    total, count = Fraction(0), 0
    for response in given_responses:
        if response.level is not None:
            total, count = total + response.level, count + 1
    return total / count if count else None


@given(st.lists(responses, max_size=4))
def test_range_is_the_lowest_and_highest_of_all_completions(
    given_responses: list[Response | None],
) -> None:
    means = [plain_mean(completion) for completion in completions(given_responses)]
    found = score(given_responses)
    if found is None:
        assert means == [None]
        return
    known = [mean for mean in means if mean is not None]
    assert (found.low, found.high) == (min(known), max(known))
    assert found.value == plain_mean([r for r in given_responses if r is not None])


@given(scans)
def test_overall_is_the_mean_over_the_transitions_that_apply(
    scan: list[list[Response | None]],
) -> None:
    found = score_scan({str(n): tally(part) for n, part in enumerate(scan)}).overall
    parts = [part for part in scan if any(r != NOT_APPLICABLE for r in part)]
    if not parts:
        assert found is None
        return
    lows = [min(m for m in map(plain_mean, completions(p)) if m is not None) for p in parts]
    highs = [max(m for m in map(plain_mean, completions(p)) if m is not None) for p in parts]
    values = [m for p in parts if (m := plain_mean([r for r in p if r is not None])) is not None]
    assert found is not None
    assert found.low == sum(lows) / Fraction(len(parts))
    assert found.high == sum(highs) / Fraction(len(parts))
    assert found.value == (sum(values) / Fraction(len(values)) if values else None)


@given(scans)
def test_value_lies_in_its_range(scan: list[list[Response | None]]) -> None:
    scored = score_scan({str(n): tally(part) for n, part in enumerate(scan)})
    for one in [scored.overall, *(item.score for item in scored.transitions)]:
        if one is not None:
            assert 1 <= one.low <= one.high <= 5
            assert one.value is None or one.low <= one.value <= one.high


@given(transitions, st.integers(1, 4))
def test_a_higher_answer_never_lowers_a_score(rest: list[Response | None], number: int) -> None:
    before, after = score([*rest, level(number)]), score([*rest, level(number + 1)])
    assert before is not None
    assert after is not None
    assert before.value is not None
    assert after.value is not None
    assert before.value < after.value
    assert before.low < after.low
    assert before.high < after.high


@given(scans, st.integers(1, 4))
def test_a_higher_answer_never_lowers_the_overall_score(
    scan: list[list[Response | None]], number: int
) -> None:
    before, after = (
        score_overall([score(part) for part in [*scan[:-1], [*scan[-1], level(given_level)]]])
        for given_level in (number, number + 1)
    )
    assert before is not None
    assert after is not None
    assert before.value is not None
    assert after.value is not None
    assert before.value < after.value
    assert before.low < after.low
    assert before.high < after.high


@given(transitions)
def test_not_applicable_is_neutral(given_responses: list[Response | None]) -> None:
    before, after = score(given_responses), score([*given_responses, NOT_APPLICABLE])
    if before is None:
        assert after is None
        return
    assert after is not None
    assert (after.value, after.low, after.high) == (before.value, before.low, before.high)
    assert after.not_applicable == before.not_applicable + 1


@given(scans, st.integers(0, 2), st.booleans())
def test_not_applicable_is_neutral_for_the_overall_score(
    scan: list[list[Response | None]], place: int, whole: bool
) -> None:
    """One statement more, or a whole transition more, that does not apply moves nothing."""
    wider = [list(part) for part in scan]
    if whole:
        wider.insert(place, [NOT_APPLICABLE] * 5)
    else:
        wider[place % len(wider)].insert(0, NOT_APPLICABLE)
    before, after = (score_overall([score(part) for part in parts]) for parts in (scan, wider))
    if before is None:
        assert after is None
        return
    assert after is not None
    assert (after.value, after.low, after.high) == (before.value, before.low, before.high)


@given(transitions, st.one_of(levels, st.just(NOT_APPLICABLE)))
def test_range_shrinks_as_answers_come(rest: list[Response | None], answer: Response) -> None:
    before, after = score([*rest, None]), score([*rest, answer])
    assert before is not None
    if after is not None:
        assert before.low <= after.low <= after.high <= before.high


@given(scans, st.one_of(levels, st.just(NOT_APPLICABLE)))
def test_overall_range_shrinks_as_answers_come(
    scan: list[list[Response | None]], answer: Response
) -> None:
    def overall(last: Response | None) -> Score | None:
        parts = [*scan[:-1], [*scan[-1], last]]
        return score_overall([score(part) for part in parts])

    before, after = overall(None), overall(answer)
    assert before is not None
    if after is not None:
        assert before.low <= after.low <= after.high <= before.high


@given(transitions, st.randoms())
def test_order_does_not_matter(given_responses: list[Response | None], random: object) -> None:
    mixed = list(given_responses)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert score(mixed) == score(given_responses)
    assert score(given_responses[::-1]) == score(given_responses)


@given(scans, st.randoms())
def test_order_of_transitions_and_answers_does_not_matter(
    scan: list[list[Response | None]], random: object
) -> None:
    def overall(parts: list[tuple[str, list[Response | None]]]) -> Score | None:
        return score_scan({slug: tally(part) for slug, part in parts}).overall

    named = [(str(number), list(part)) for number, part in enumerate(scan)]
    mixed = [(slug, list(part)) for slug, part in named]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    for _slug, part in mixed:
        random.shuffle(part)  # type: ignore[attr-defined]
    assert overall(mixed) == overall(named)


@given(scans, transitions)
def test_modules_leave_the_overall_score_alone(
    scan: list[list[Response | None]], module: list[Response | None]
) -> None:
    tallies = {str(number): tally(part) for number, part in enumerate(scan)}
    scored = score_scan(tallies, {"resilience": tally(module)})
    assert scored.overall == score_scan(tallies).overall
    assert scored.of("resilience") == score(module)


def test_unknown_and_unanswered_are_the_same_open_point() -> None:
    assert score([level(4), UNKNOWN]) == score([level(4), None])


def test_worked_example() -> None:
    found = score([level(2), level(3), NOT_APPLICABLE, UNKNOWN, None])
    assert found == Score(
        value=Fraction(5, 2),
        low=Fraction(7, 4),
        high=Fraction(15, 4),
        answered=2,
        open_points=2,
        not_applicable=1,
    )
    assert not found.is_settled


def test_nothing_applicable_is_no_score_and_no_range() -> None:
    assert score([NOT_APPLICABLE] * 5) is None
    assert score([]) is None
    assert score_overall([None, None]) is None


def test_nothing_answered_is_the_whole_range_without_a_value() -> None:
    found = score([None] * 5)
    assert found is not None
    assert (found.value, found.low, found.high) == (None, 1, 5)


def test_strongest_and_weakest_name_all_ties() -> None:
    scan = score_scan(
        {
            "a": tally([level(4)]),
            "b": tally([level(2)]),
            "c": tally([level(4)]),
            "d": tally([NOT_APPLICABLE]),
            "e": tally([UNKNOWN]),
        }
    )
    assert extremes(scan) == Extremes(("a", "c"), ("b",))


def test_no_extremes_when_nothing_can_be_told_apart() -> None:
    assert extremes(score_scan({"a": tally([level(3)])})) == Extremes((), ())
    even = score_scan({"a": tally([level(3)]), "b": tally([level(3)])})
    assert extremes(even) == Extremes((), ())


def test_a_transition_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        score_scan({"a": tally([level(3)])}).of("b")
