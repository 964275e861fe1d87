"""The verdict over every pattern of four criteria."""

from __future__ import annotations

from collections import Counter
from itertools import product

from assessments.opportunities.domain.verdict import (
    LEVELS,
    highest_verdict,
    lowest_verdict,
    next_level,
    possible_verdicts,
    verdict,
)
from portal.common.vocabulary import Verdict

COMPLETE = list(product((-1, 0, 1), repeat=4))
PATTERNS = list(product((-1, 0, 1, None), repeat=4))


def slow_verdict(values):
    """The rule as the design words it, counted by hand."""
    favourable = sum(1 for value in values if value == 1)
    unfavourable = sum(1 for value in values if value == -1)
    if favourable == 4:
        return Verdict.HOOG
    if favourable == 0 and unfavourable >= 1:
        return Verdict.LAAG
    return Verdict.GEMIDDELD


def slow_completions(values):
    if None not in values:
        return {slow_verdict(values)}
    position = values.index(None)
    found = set()
    for value in (-1, 0, 1):
        found |= slow_completions((*values[:position], value, *values[position + 1 :]))
    return found


def test_the_81_complete_combinations_give_1_high_15_low_65_medium() -> None:
    counts = Counter(verdict(values) for values in COMPLETE)
    assert counts == {Verdict.HOOG: 1, Verdict.LAAG: 15, Verdict.GEMIDDELD: 65}


def test_79_of_the_256_patterns_are_incomplete() -> None:
    counts = Counter(verdict(values) for values in PATTERNS)
    assert len(PATTERNS) == 256
    assert counts[Verdict.ONVOLLEDIG] == 79


def test_every_pattern_agrees_with_trying_every_completion() -> None:
    for values in PATTERNS:
        reached = slow_completions(values)
        assert set(possible_verdicts(values)) == reached
        expected = reached.pop() if len(reached) == 1 else Verdict.ONVOLLEDIG
        assert verdict(values) == expected


def test_three_neutral_and_one_unfavourable_is_low_and_four_neutral_is_medium() -> None:
    assert verdict((0, 0, 0, -1)) is Verdict.LAAG
    assert verdict((0, 0, 0, 0)) is Verdict.GEMIDDELD


def test_a_verdict_that_no_unknown_can_change_stands() -> None:
    assert verdict((1, -1, None, None)) is Verdict.GEMIDDELD
    assert verdict((1, 1, 1, None)) is Verdict.ONVOLLEDIG


def test_lowest_and_highest_stand_around_the_verdict() -> None:
    for values in PATTERNS:
        low, high = lowest_verdict(values), highest_verdict(values)
        assert LEVELS.index(low) <= LEVELS.index(high)
        assert (low == high) == (verdict(values) is not Verdict.ONVOLLEDIG)


def test_a_better_criterion_never_lowers_the_verdict() -> None:
    for values in COMPLETE:
        for position, value in enumerate(values):
            if value < 1:
                better = (*values[:position], value + 1, *values[position + 1 :])
                assert LEVELS.index(verdict(better)) >= LEVELS.index(verdict(values))


def test_filling_in_an_unknown_only_narrows() -> None:
    for values in PATTERNS:
        if None in values:
            position = values.index(None)
            for value in (-1, 0, 1):
                known = (*values[:position], value, *values[position + 1 :])
                assert set(possible_verdicts(known)) <= set(possible_verdicts(values))


def test_next_level_ends_at_high() -> None:
    assert next_level(Verdict.LAAG) is Verdict.GEMIDDELD
    assert next_level(Verdict.GEMIDDELD) is Verdict.HOOG
    assert next_level(Verdict.HOOG) is None
