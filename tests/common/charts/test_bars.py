"""Bars and stacked contributions."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.common.charts import bars as bar_module
from portal.common.charts import stack as stack_module
from portal.common.charts.bars import Row, bars
from portal.common.charts.stack import stack


def test_the_longest_bar_fills_the_track():
    chart = bars([Row("a", 5), Row("b", 10), Row("c", None)])
    assert [bar.length for bar in chart.bars] == ["161", chart.track, "0"]
    assert [bar.known for bar in chart.bars] == [True, True, False]


def test_a_given_maximum_is_the_whole_track():
    assert bars([Row("a", 5)], maximum=10).bars[0].length == "161"


def test_nothing_to_show_is_no_error():
    assert bars([]).bars == ()
    assert [bar.length for bar in bars([Row("a", 0), Row("b", None)]).bars] == ["0", "0"]


@given(st.lists(st.tuples(st.text(alphabet="ab ", max_size=200), st.floats(0, 1e6)), max_size=8))
def test_bars_never_overlap_and_stay_in_the_picture(rows):
    chart = bars([Row(label, value) for label, value in rows])
    tops = [float(bar.y) for bar in chart.bars]
    assert tops == sorted(tops)
    for first, second in itertools.pairwise(tops):
        assert second - first > bar_module.BAR_HEIGHT
    assert all(float(bar.length) <= float(chart.track) for bar in chart.bars)
    assert not tops or tops[-1] + bar_module.BAR_HEIGHT <= float(chart.height)


@given(st.lists(st.floats(0, 50), max_size=8))
def test_contributions_lie_end_to_end(parts):
    chart = stack(parts, maximum=100)
    end = 0.0
    for segment in chart.segments:
        assert float(segment.x) == pytest.approx(end, abs=0.1)
        end = float(segment.x) + float(segment.length)
    assert end <= stack_module.WIDTH + 0.1
    whole = max(100, sum(parts))
    assert end == pytest.approx(stack_module.WIDTH * sum(parts) / whole, abs=0.1)


def test_a_narrow_segment_carries_no_number():
    marks = [segment.mark for segment in stack([50, 1, 20], maximum=100).segments]
    assert marks == ["1", "", "3"]
