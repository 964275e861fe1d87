"""Degrees to and from whole metres in Belgian Lambert 2008, the plane of all our points.

Lambert conformal conic with two standard parallels on the GRS 80 ellipsoid, with the
published parameters of EPSG:3812 (formulas: IOGP Guidance Note 7-2, section on EPSG
method 9802). ETRS89 and WGS 84 count as the same: they differ by less than a metre.
"""

from __future__ import annotations

import math
import re
from typing import Final

# The ellipsoid GRS 80.
SEMI_MAJOR_M: Final = 6_378_137.0
INVERSE_FLATTENING: Final = 298.257222101
ECCENTRICITY: Final = math.sqrt((2 - 1 / INVERSE_FLATTENING) / INVERSE_FLATTENING)

# The definition of EPSG:3812.
ORIGIN_LATITUDE: Final = math.radians(50 + 47 / 60 + 52.134 / 3600)
ORIGIN_LONGITUDE: Final = math.radians(4 + 21 / 60 + 33.177 / 3600)
FIRST_PARALLEL: Final = math.radians(49 + 50 / 60)
SECOND_PARALLEL: Final = math.radians(51 + 10 / 60)
FALSE_EASTING_M: Final = 649_328.0
FALSE_NORTHING_M: Final = 665_262.0

# A frame around Belgium: degrees south, north, west, east.
SOUTH, NORTH, WEST, EAST = 49.49, 51.51, 2.54, 6.41

# Decimals are asked for: without them "50,4" could be one number or two.
_PAIR = re.compile(
    r"[\s(\[]*(?P<first>[-+]?\d{1,3}[.,]\d+)\s*°?\s*N?"
    r"(?:\s*[;,/]\s*|\s+)"
    r"(?P<second>[-+]?\d{1,3}[.,]\d+)\s*°?\s*[EO]?[\s)\]]*",
    re.IGNORECASE,
)


class PointError(ValueError):
    """The text is no point in Belgium; ``code`` says why, for the message."""

    code = "invalid"


class NotTwoNumbersError(PointError):
    """The text does not hold a latitude and a longitude."""

    code = "not_two_numbers"


class SwappedError(PointError):
    """Latitude and longitude stand the wrong way round."""

    code = "swapped"


class OutsideBelgiumError(PointError):
    """The point lies outside the frame around Belgium."""

    code = "outside_belgium"


def _cone_radius(latitude: float) -> float:
    """T of the guidance note: the isometric colatitude's tangent."""
    sine = ECCENTRICITY * math.sin(latitude)
    flat: float = ((1 - sine) / (1 + sine)) ** (ECCENTRICITY / 2)
    return math.tan(math.pi / 4 - latitude / 2) / flat


def _parallel_scale(latitude: float) -> float:
    return math.cos(latitude) / math.sqrt(1 - (ECCENTRICITY * math.sin(latitude)) ** 2)


_M1, _M2 = _parallel_scale(FIRST_PARALLEL), _parallel_scale(SECOND_PARALLEL)
_T1, _T2 = _cone_radius(FIRST_PARALLEL), _cone_radius(SECOND_PARALLEL)
_N: Final = (math.log(_M1) - math.log(_M2)) / (math.log(_T1) - math.log(_T2))
_SCALE_M: Final = SEMI_MAJOR_M * _M1 / (_N * _T1**_N)
_ORIGIN_RADIUS_M: Final = _SCALE_M * _cone_radius(ORIGIN_LATITUDE) ** _N


def in_belgian_frame(latitude: float, longitude: float) -> bool:
    """Degrees lie in the frame around Belgium; some of that frame lies across the border."""
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST


def to_lambert(latitude: float, longitude: float) -> tuple[int, int]:
    """Whole metres (x, y) in EPSG:3812 of a point in degrees.

    Raises OutsideBelgiumError outside the frame, where the projection is not meant to be used.
    """
    if not in_belgian_frame(latitude, longitude):
        raise OutsideBelgiumError(f"{latitude}, {longitude}")
    radius = _SCALE_M * _cone_radius(math.radians(latitude)) ** _N
    angle = _N * (math.radians(longitude) - ORIGIN_LONGITUDE)
    x = FALSE_EASTING_M + radius * math.sin(angle)
    y = FALSE_NORTHING_M + _ORIGIN_RADIUS_M - radius * math.cos(angle)
    return round(x), round(y)


def to_degrees(x_m: int, y_m: int) -> tuple[float, float]:
    """Latitude and longitude of a point in EPSG:3812."""
    east = x_m - FALSE_EASTING_M
    north = _ORIGIN_RADIUS_M - (y_m - FALSE_NORTHING_M)
    tangent = (math.hypot(east, north) / _SCALE_M) ** (1 / _N)
    latitude = math.pi / 2 - 2 * math.atan(tangent)
    # Converges by a factor of e² a step: five steps are far below a millimetre.
    for _ in range(5):
        sine = ECCENTRICITY * math.sin(latitude)
        flat = ((1 - sine) / (1 + sine)) ** (ECCENTRICITY / 2)
        latitude = math.pi / 2 - 2 * math.atan(tangent * flat)
    longitude = ORIGIN_LONGITUDE + math.atan2(east, north) / _N
    return math.degrees(latitude), math.degrees(longitude)


def format_degrees(x_m: int, y_m: int) -> str:
    """``50.850300, 4.351700``: the point as maps show it, to about ten centimetres."""
    latitude, longitude = to_degrees(x_m, y_m)
    return f"{latitude:.6f}, {longitude:.6f}"


def parse_point(text: str) -> tuple[int, int]:
    """Whole metres of a latitude and longitude as copied from a map.

    Takes a point or a comma for decimals: ``50.8503, 4.3517``, ``50,8503 4,3517``,
    ``50,8503; 4,3517``. Raises a :class:`PointError` that says what is wrong.
    """
    found = _PAIR.fullmatch(text)
    if found is None:
        raise NotTwoNumbersError(text)
    latitude, longitude = (float(found[name].replace(",", ".")) for name in ("first", "second"))
    if in_belgian_frame(longitude, latitude):
        raise SwappedError(text)
    return to_lambert(latitude, longitude)
