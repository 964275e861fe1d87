"""Numbers and lines as SVG wants them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.common.charts import geometry


@pytest.mark.parametrize(
    ("value", "text"),
    [(1, "1"), (1.5, "1.5"), (1.239, "1.24"), (-0.001, "0"), (100.0, "100"), (1e-9, "0")],
)
def test_numbers_have_a_point_and_no_exponent(value, text):
    assert geometry.number(value) == text


@given(value=st.floats(-1e6, 1e6), maximum=st.floats(-1e6, 1e6))
def test_a_share_is_never_outside_its_track(value, maximum):
    assert 0 <= geometry.share(value, maximum) <= 1


@given(text=st.text(alphabet="abc défgh-", max_size=80), width=st.integers(2, 20))
def test_wrapping_keeps_every_letter_and_the_width(text, width):
    lines = geometry.wrap(text, width)
    assert all(0 < len(line) <= width for line in lines)
    letters = "".join(text.split()).replace("-", "")
    assert "".join("".join(lines).split()).replace("-", "") == letters


def test_a_long_word_is_broken_with_a_hyphen():
    assert geometry.wrap("productontwikkeling nu", 14) == ["productontwik-", "keling nu"]


def test_a_line_needs_room():
    with pytest.raises(ValueError, match="two characters"):
        geometry.wrap("a", 1)


def luminance(colour: str) -> float:
    """Relative luminance, by the definition in WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", geometry.PALETTE)
def test_white_numbers_can_be_read_on_every_colour(colour):
    # Bold white figures stand in the segments of a score: normal text, so 4.5:1.
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_series_go_round_the_palette():
    assert geometry.colour(0) == geometry.colour(len(geometry.PALETTE))
    assert geometry.dash(0) == "none"
