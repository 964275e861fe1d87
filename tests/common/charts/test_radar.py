"""The radar: axes like a clock, shapes that are open where nothing is known."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.common.charts.radar import CENTRE_X, CENTRE_Y, RADIUS, Series, radar

AXES = ["North", "East", "South", "West"]


def pairs(points: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in points.split())]


def test_the_first_axis_points_up_and_the_second_to_the_right():
    chart = radar(AXES, [Series("a", [5, 2.5, 0, 5])])
    north, east, south, west = pairs(chart.shapes[0].area)
    assert north == (CENTRE_X, CENTRE_Y - RADIUS)
    assert east == (CENTRE_X + RADIUS / 2, CENTRE_Y)
    assert south == (CENTRE_X, CENTRE_Y)
    assert west == (CENTRE_X - RADIUS, CENTRE_Y)


@given(
    st.lists(st.floats(0, 5), min_size=3, max_size=10),
)
def test_the_distance_to_the_centre_is_the_value(values):
    chart = radar([str(i) for i in range(len(values))], [Series("a", values)])
    for value, (x, y) in zip(values, pairs(chart.shapes[0].area), strict=True):
        distance = math.hypot(x - CENTRE_X, y - CENTRE_Y)
        assert distance == pytest.approx(RADIUS * value / 5, abs=0.02)


def test_an_unknown_value_opens_the_shape():
    shape = radar(AXES, [Series("a", [1, None, 3, 4])]).shapes[0]
    assert shape.area == ""
    assert len(shape.dots) == 3
    assert len(shape.lines) == 2  # south to west, west to north


def test_a_range_is_drawn_only_where_there_is_one():
    series = Series("a", [2, 3, 1, 4], low=[1, 3, None, 4], high=[3, 3, None, 5])
    assert len(radar(AXES, [series]).shapes[0].ranges) == 2


def test_labels_are_written_away_from_the_middle():
    chart = radar(AXES, [])
    assert [spoke.anchor for spoke in chart.spokes] == ["middle", "start", "middle", "end"]
    for spoke in chart.spokes:
        for line in spoke.label:
            assert 0 < float(line.x) < chart.width
            assert 0 < float(line.y) < chart.height


def test_one_ring_per_level():
    assert len(radar(AXES, [], maximum=4).rings) == 4


def test_two_axes_are_no_radar():
    with pytest.raises(ValueError, match="three axes"):
        radar(["a", "b"], [])


@pytest.mark.parametrize("wrong", [Series("x", [1]), Series("x", [1] * 4, low=[1], high=[1] * 4)])
def test_every_series_has_one_value_per_axis(wrong):
    with pytest.raises(ValueError, match="one value per axis"):
        radar(AXES, [wrong])
