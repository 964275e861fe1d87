"""The interval of Wilson against its definition, found by bisection."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.matching.domain.precision import Z_95, Precision


def far(p: float, n: int, k: int) -> float:
    """How many standard deviations ``k`` of ``n`` lies from what ``p`` predicts."""
    return abs(k / n - p) / sqrt(p * (1 - p) / n)


def bound(n: int, k: int, edge: float) -> float:
    """The share between the observed one and ``edge`` that is just not far."""
    near, wide = k / n, edge
    for _ in range(80):
        middle = (near + wide) / 2
        if 0 < middle < 1 and far(middle, n, k) <= Z_95:
            near = middle
        else:
            wide = middle
    return near


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_the_interval_holds_all_shares_that_are_not_far(pair: tuple[int, int]) -> None:
    n, k = pair
    interval = Precision(n, k).interval
    assert interval is not None
    low, high = interval
    assert 0 <= low <= k / n <= high <= 1
    if 0 < k < n:
        assert low == pytest.approx(bound(n, k, 0.0), abs=1e-9)
        assert high == pytest.approx(bound(n, k, 1.0), abs=1e-9)


def test_known_values() -> None:
    assert Precision(0, 0).share is None
    assert Precision(0, 0).interval is None
    half = Precision(10, 5)
    assert half.share == 0.5
    assert half.interval == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert Precision(10, 0).interval == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert Precision(10, 10).interval == pytest.approx((0.7225, 1.0), abs=1e-4)
