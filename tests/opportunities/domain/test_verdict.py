"""The verdict over every pattern of four criteria."""

from __future__ import annotations

from collections import Counter
from itertools import product

from assessments.opportunities.domain.verdict import (
    LEVELS,
    highest_verdict,
    lowest_verdict,
    next_level,
)
from assessments.opportunities.domain.verdict import verdict as verdict_of_ranges
from portal.common.vocabulary import Verdict
from tests.opportunities.domain.strategies import ranges_of

COMPLETE = list(product((-1, 0, 1), repeat=4))
PATTERNS = list(product((-1, 0, 1, None), repeat=4))
RANGES = [(low, high) for low in (-1, 0, 1) for high in (-1, 0, 1) if low <= high]
ALL_RANGES = list(product(RANGES, repeat=4))


def verdict(values):
    return verdict_of_ranges(ranges_of(values))


def slow_verdict(values):
    """The rule as the design words it, counted by hand."""
    favourable = sum(1 for value in values if value == 1)
    unfavourable = sum(1 for value in values if value == -1)
    if favourable == 4:
        return Verdict.HOOG
    if favourable == 0 and unfavourable >= 1:
        return Verdict.LAAG
    return Verdict.GEMIDDELD


def slow_completions(ranges):
    """The verdicts of every way in which the criteria can turn out."""
    choices = [range(low, high + 1) for low, high in ranges]
    return {slow_verdict(values) for values in product(*choices)}


def test_the_81_complete_combinations_give_1_high_15_low_65_medium() -> None:
    counts = Counter(verdict(values) for values in COMPLETE)
    assert counts == {Verdict.HOOG: 1, Verdict.LAAG: 15, Verdict.GEMIDDELD: 65}


def test_79_of_the_256_patterns_are_incomplete() -> None:
    counts = Counter(verdict(values) for values in PATTERNS)
    assert len(PATTERNS) == 256
    assert counts[Verdict.ONVOLLEDIG] == 79


def test_every_pattern_of_ranges_agrees_with_trying_every_completion() -> None:
    """6 ranges to the power of 4 criteria: what is known in part counts as no more than that."""
    assert len(ALL_RANGES) == 1296
    for ranges in ALL_RANGES:
        reached = sorted(slow_completions(ranges), key=LEVELS.index)
        assert lowest_verdict(ranges) == reached[0]
        assert highest_verdict(ranges) == reached[-1]
        expected = reached[0] if len(reached) == 1 else Verdict.ONVOLLEDIG
        assert verdict_of_ranges(ranges) == expected


def test_a_criterion_that_is_surely_not_unfavourable_can_settle_a_verdict() -> None:
    """Unknown between neutral and favourable is more than unknown altogether."""
    half_known = ((0, 0), (0, 0), (0, 0), (0, 1))
    assert verdict_of_ranges(half_known) is Verdict.GEMIDDELD
    assert verdict((0, 0, 0, None)) is Verdict.ONVOLLEDIG


def test_three_neutral_and_one_unfavourable_is_low_and_four_neutral_is_medium() -> None:
    assert verdict((0, 0, 0, -1)) is Verdict.LAAG
    assert verdict((0, 0, 0, 0)) is Verdict.GEMIDDELD


def test_a_verdict_that_no_unknown_can_change_stands() -> None:
    assert verdict((1, -1, None, None)) is Verdict.GEMIDDELD
    assert verdict((1, 1, 1, None)) is Verdict.ONVOLLEDIG


def test_a_better_criterion_never_lowers_the_verdict() -> None:
    for values in COMPLETE:
        for position, value in enumerate(values):
            if value < 1:
                better = (*values[:position], value + 1, *values[position + 1 :])
                assert LEVELS.index(verdict(better)) >= LEVELS.index(verdict(values))


def test_narrowing_a_range_only_narrows_the_verdict() -> None:
    for ranges in ALL_RANGES:
        for position, (low, high) in enumerate(ranges):
            for narrower in ((low + 1, high), (low, high - 1)):
                if narrower[0] <= narrower[1]:
                    known = (*ranges[:position], narrower, *ranges[position + 1 :])
                    assert slow_completions(known) <= slow_completions(ranges)
                    before, after = lowest_verdict(ranges), lowest_verdict(known)
                    assert LEVELS.index(before) <= LEVELS.index(after)


def test_next_level_ends_at_high() -> None:
    assert next_level(Verdict.LAAG) is Verdict.GEMIDDELD
    assert next_level(Verdict.GEMIDDELD) is Verdict.HOOG
    assert next_level(Verdict.HOOG) is None
