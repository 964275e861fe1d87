"""Degrees become metres as the reference implementation does, and what people paste is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.register.content.postal import read_points
from companies.register.domain.lambert import (
    EAST,
    NORTH,
    SOUTH,
    WEST,
    NotTwoNumbersError,
    OutsideBelgiumError,
    PointError,
    SwappedError,
    format_degrees,
    parse_point,
    to_degrees,
    to_lambert,
)

pyproj = pytest.importorskip("pyproj")
REFERENCE = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:3812", always_xy=True)

latitudes = st.floats(SOUTH, NORTH)
longitudes = st.floats(WEST, EAST)


@given(latitudes, longitudes)
def test_within_a_metre_of_the_reference_all_over_belgium(
    latitude: float, longitude: float
) -> None:
    x, y = to_lambert(latitude, longitude)
    reference_x, reference_y = REFERENCE.transform(longitude, latitude)
    assert abs(x - reference_x) <= 1
    assert abs(y - reference_y) <= 1


@given(latitudes, longitudes)
def test_there_and_back_is_the_same_place(latitude: float, longitude: float) -> None:
    x, y = to_lambert(latitude, longitude)
    back_latitude, back_longitude = to_degrees(x, y)
    assert back_latitude == pytest.approx(latitude, abs=1e-5)
    assert back_longitude == pytest.approx(longitude, abs=2e-5)


@given(latitudes, longitudes)
def test_what_we_show_can_be_pasted_again(latitude: float, longitude: float) -> None:
    point = to_lambert(latitude, longitude)
    try:
        again = parse_point(format_degrees(*point))
    except OutsideBelgiumError:
        # Rounding to whole metres may step over the very edge of the frame.
        assert min(latitude - SOUTH, NORTH - latitude, longitude - WEST, EAST - longitude) < 1e-4
    else:
        assert again == point


def test_the_postal_table_says_the_same() -> None:
    for place in read_points():
        assert to_lambert(place.latitude, place.longitude) == (place.x_m, place.y_m)


@pytest.mark.parametrize(
    "text",
    [
        "50,8503 4,3517",
        "50.8503, 4.3517",
        "50.8503,4.3517",
        "50,8503, 4,3517",
        "50,8503;4,3517",
        "(50.8503 4.3517)",
        " 50.8503\t4.3517 ",
        "50.8503° N, 4.3517° E",
    ],
)
def test_each_notation_gives_the_same_point(text: str) -> None:
    assert parse_point(text) == to_lambert(50.8503, 4.3517)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", NotTwoNumbersError),
        ("Brussel", NotTwoNumbersError),
        ("50.8503", NotTwoNumbersError),
        ("50,4", NotTwoNumbersError),
        ("50.8503 4.3517 12.5", NotTwoNumbersError),
        ("4.3517, 50.8503", SwappedError),
        ("52.3702, 4.8952", OutsideBelgiumError),
        ("-50.8503, 4.3517", OutsideBelgiumError),
    ],
)
def test_what_is_wrong_is_told_apart(text: str, error: type[PointError]) -> None:
    with pytest.raises(error):
        parse_point(text)


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    try:
        x, y = parse_point(text)
    except PointError as error:
        assert error.code  # noqa: PT017 - most texts are no point
    else:
        assert 500_000 < x < 810_000
        assert 510_000 < y < 760_000
