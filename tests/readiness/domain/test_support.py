"""Operator support crossed with support need, against a plain reference."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.readiness.domain.answers import AnswerKind, Response
from assessments.readiness.domain.parts import SupportNeed, TeamShare
from assessments.readiness.domain.support import SHARE_WEIGHTS, Aid, cross

responses = st.one_of(
    st.none(),
    st.just(Response(AnswerKind.UNKNOWN)),
    st.just(Response(AnswerKind.NOT_APPLICABLE)),
    st.integers(1, 5).map(lambda level: Response(AnswerKind.LEVEL, level)),
)
aids = st.lists(
    st.builds(
        Aid,
        slug=st.text("abcdef", min_size=1, max_size=3),
        needs=st.frozensets(st.sampled_from(list(SupportNeed)), min_size=1),
        response=responses,
        impact=st.integers(1, 5),
        effort=st.integers(1, 5),
        place=st.integers(0, 9),
    ),
    max_size=7,
    unique_by=lambda aid: aid.slug,
)
shares = st.dictionaries(st.sampled_from(list(SupportNeed)), st.sampled_from(list(TeamShare)))


def aid(slug: str, level: int | None, *needs: SupportNeed, effort: int = 1) -> Aid:
    response = None if level is None else Response(AnswerKind.LEVEL, level)
    return Aid(
        slug=slug, needs=frozenset(needs), response=response, impact=3, effort=effort, place=0
    )


@given(shares, aids)
def test_every_need_as_by_hand(told: dict[SupportNeed, TeamShare], helping: list[Aid]) -> None:
    found = cross(told, helping)
    assert {one.need: one.share for one in found} == told
    for one in found:
        answering = [item for item in helping if one.need in item.needs]
        assert list(one.aids) == answering
        levels = [item.response.level for item in answering if item.response]
        known = [level for level in levels if level is not None]
        mean = Fraction(sum(known), len(known)) if known else None
        assert (one.score.value if one.score else None) == mean
        if one.share is TeamShare.NONE:
            assert one.urgency == 0
        elif mean is None:
            assert one.urgency is None
        else:
            assert one.urgency == SHARE_WEIGHTS[one.share] * max(4 - mean, Fraction(0))
        assert (one.first is not None) == any(level < 4 for level in known)


@given(shares, aids)
def test_the_most_pressing_comes_first(
    told: dict[SupportNeed, TeamShare], helping: list[Aid]
) -> None:
    urgencies = [one.urgency for one in cross(told, helping)]
    pressing = [value for value in urgencies if value]
    unknown = [value for value in urgencies if value is None]
    settled = [value for value in urgencies if value == 0]
    assert urgencies == [*sorted(pressing, reverse=True), *unknown, *settled]


@given(shares, aids, st.randoms())
def test_order_of_what_was_told_does_not_matter(
    told: dict[SupportNeed, TeamShare], helping: list[Aid], random: object
) -> None:
    mixed = list(told.items())
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert cross(dict(mixed), helping) == cross(told, helping)


@given(aids, st.sampled_from(list(SupportNeed)))
def test_more_teams_are_never_less_urgent(helping: list[Aid], need: SupportNeed) -> None:
    urgencies = [cross({need: share}, helping)[0].urgency for share in TeamShare]
    known = [value for value in urgencies if value is not None]
    assert known == sorted(known)


def test_weights_are_the_middle_of_each_band() -> None:
    edges = [Fraction(0), Fraction(1, 3), Fraction(2, 3), Fraction(1)]
    middles = [(low + high) / 2 for low, high in pairwise(edges)]
    assert list(SHARE_WEIGHTS.values()) == [0, *middles]
    assert list(SHARE_WEIGHTS) == list(TeamShare)


def test_a_rare_need_served_badly_can_wait_for_a_common_one() -> None:
    cognitive, motor = SupportNeed.COGNITIVE, SupportNeed.MOTOR
    found = cross(
        {motor: TeamShare.SOME, cognitive: TeamShare.MOST},
        [aid("cobot", 1, motor), aid("light", 2, cognitive, effort=5), aid("app", 3, cognitive)],
    )
    assert [one.need for one in found] == [cognitive, motor]
    assert found[0].urgency == Fraction(5, 6) * Fraction(3, 2)
    # One level of the app costs a fifth of the effort of two levels of light.
    assert found[0].first is not None
    assert found[0].first.slug == "app"


@pytest.mark.parametrize(
    ("level", "urgency", "first"), [(4, Fraction(0), None), (None, None, None)]
)
def test_well_served_or_unknown(
    level: int | None, urgency: Fraction | None, first: str | None
) -> None:
    need = SupportNeed.SENSORY
    (found,) = cross({need: TeamShare.MOST}, [aid("audio", level, need)])
    assert (found.urgency, found.first) == (urgency, first)
