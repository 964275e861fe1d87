"""Spread of several views, against a slow and obvious reference."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.readiness.domain.answers import AnswerKind, Response
from assessments.readiness.domain.spread import (
    Point,
    Spread,
    agreed_level,
    is_divided_on_use,
    levels_of,
    points_in_order,
    spread,
)

NOT_APPLICABLE = Response(AnswerKind.NOT_APPLICABLE)
UNKNOWN = Response(AnswerKind.UNKNOWN)
numbers = st.integers(1, 5)
some = st.lists(numbers, min_size=1, max_size=8)
responses = st.one_of(
    st.just(NOT_APPLICABLE),
    st.just(UNKNOWN),
    numbers.map(lambda number: Response(AnswerKind.LEVEL, number)),
)
views = st.lists(responses, max_size=6)
points = st.lists(
    st.tuples(numbers, numbers).map(lambda pair: Spread(min(pair), max(pair))), max_size=8
).map(lambda spreads: [Point(place, one) for place, one in enumerate(spreads)])


def level(number: int) -> Response:
    return Response(AnswerKind.LEVEL, number)


def known(levels: list[int]) -> Spread:
    found = spread(levels)
    assert found is not None
    return found


def largest_of_all_pairs(levels: list[int]) -> int:
    """Compare everybody with everybody."""
    return max((abs(one - other) for one, other in combinations(levels, 2)), default=0)


@given(some)
def test_the_difference_is_the_largest_between_any_two(levels: list[int]) -> None:
    found = known(levels)
    assert found.difference == largest_of_all_pairs(levels)
    assert found.is_point == any(abs(a - b) >= 2 for a in levels for b in levels)


def test_nobody_gave_a_level() -> None:
    assert spread([]) is None


@pytest.mark.parametrize(
    ("levels", "is_point"), [([3], False), ([2, 3], False), ([2, 4], True), ([1, 5, 3], True)]
)
def test_two_levels_apart_is_a_point(levels: list[int], is_point: bool) -> None:
    assert known(levels).is_point is is_point


@given(some, st.randoms(use_true_random=False))
def test_the_order_of_respondents_does_not_matter(levels: list[int], random: object) -> None:
    shuffled = list(levels)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert spread(shuffled) == spread(levels)


@given(some, st.data())
def test_one_more_equal_view_changes_nothing(levels: list[int], data: st.DataObject) -> None:
    again = data.draw(st.sampled_from(levels))
    assert spread([*levels, again]) == spread(levels)


@given(some, numbers)
def test_one_more_view_never_narrows_it(levels: list[int], other: int) -> None:
    before, after = known(levels), known([*levels, other])
    assert after.difference >= before.difference
    assert after.is_point or not before.is_point


@given(some, numbers)
def test_a_higher_view_never_lowers_the_ends(levels: list[int], other: int) -> None:
    raised = [max(levels[0], other), *levels[1:]]
    before, after = known(levels), known(raised)
    assert (after.lowest, after.highest) >= (before.lowest, before.highest)
    assert after.highest >= before.highest
    assert after.lowest >= before.lowest


@given(points)
def test_points_come_by_difference_then_place(given_points: list[Point]) -> None:
    slow: list[Point] = []
    for difference in (4, 3, 2):
        for place in range(len(given_points)):
            slow += [
                point
                for point in given_points
                if point.place == place and point.spread.difference == difference
            ]
    assert points_in_order(given_points) == slow
    assert points_in_order(reversed(given_points)) == slow


@given(views)
def test_only_levels_count(given_views: list[Response]) -> None:
    assert levels_of(given_views) == [
        int(one.code) for one in given_views if one.code not in {"na", "unknown"}
    ]


@given(views)
def test_divided_on_use_needs_both(given_views: list[Response]) -> None:
    assert is_divided_on_use(given_views) == any(
        one == NOT_APPLICABLE and other.kind is AnswerKind.LEVEL
        for one in given_views
        for other in given_views
    )


@given(views)
def test_agreed_when_two_say_the_same_and_nobody_says_anything_else(
    given_views: list[Response],
) -> None:
    slow = None
    for number in range(1, 6):
        same = [one for one in given_views if one == level(number)]
        others = [one for one in given_views if one not in (level(number), UNKNOWN)]
        if len(same) >= 2 and not others:
            slow = number
    assert agreed_level(given_views) == slow


@pytest.mark.parametrize(
    ("given_views", "agreed"),
    [
        ([level(3), level(3)], 3),
        ([level(3), UNKNOWN, level(3)], 3),
        ([level(3)], None),
        ([level(3), level(4)], None),
        ([level(3), level(3), NOT_APPLICABLE], None),
        ([NOT_APPLICABLE, NOT_APPLICABLE], None),
        ([UNKNOWN, UNKNOWN], None),
    ],
)
def test_agreement_by_example(given_views: list[Response], agreed: int | None) -> None:
    assert agreed_level(given_views) == agreed
