"""Radar chart: one axis per theme, one shape per series, open where an answer is missing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from portal.common.charts.geometry import Line, colour, dash, number, points, share, wrap

WIDTH, RADIUS, MARGIN = 440, 96, 58
CENTRE_X, CENTRE_Y = WIDTH / 2, float(RADIUS + MARGIN)
HEIGHT = 2 * (RADIUS + MARGIN)
LABEL_GAP, LABEL_CHARS, LINE_HEIGHT = 13, 16, 16
MINIMUM_AXES = 3


@dataclass(frozen=True)
class Series:
    """Values along the axes, None where unknown; ``low`` and ``high`` give their range."""

    label: str
    values: Sequence[float | None]
    low: Sequence[float | None] = ()
    high: Sequence[float | None] = ()


@dataclass(frozen=True)
class Spoke:
    """One axis with its label."""

    x: str
    y: str
    anchor: str
    label: tuple[Line, ...]


@dataclass(frozen=True)
class Dot:
    """One known value."""

    x: str
    y: str


@dataclass(frozen=True)
class Range:
    """From the lowest to the highest possible value, along the axis."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True)
class Shape:
    """One series as drawn: an area when complete, else the lines between known neighbours."""

    label: str
    colour: str
    dash: str
    area: str
    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    ranges: tuple[Range, ...]


@dataclass(frozen=True)
class Radar:
    """Everything that the template draws."""

    width: int
    height: int
    centre: Dot
    rings: tuple[str, ...]
    spokes: tuple[Spoke, ...]
    shapes: tuple[Shape, ...]


def radar(axes: Sequence[str], series: Sequence[Series], *, maximum: float = 5) -> Radar:
    """Place everything; values outside 0..``maximum`` are drawn at the edge.

    ValueError with fewer than three axes or when a series has another length.
    """
    if len(axes) < MINIMUM_AXES:
        raise ValueError("A radar chart needs at least three axes")
    for one in series:
        for values in (one.values, one.low or axes, one.high or axes):
            if len(values) != len(axes):
                raise ValueError(f"Series {one.label!r} does not have one value per axis")
    count = len(axes)
    steps = max(1, min(10, round(maximum)))
    return Radar(
        width=WIDTH,
        height=HEIGHT,
        centre=Dot(number(CENTRE_X), number(CENTRE_Y)),
        rings=tuple(
            points([_place(axis, count, ring / steps) for axis in range(count)])
            for ring in range(1, steps + 1)
        ),
        spokes=tuple(_spoke(index, count, label) for index, label in enumerate(axes)),
        shapes=tuple(_shape(index, one, count, maximum) for index, one in enumerate(series)),
    )


def _angle(axis: int, count: int) -> float:
    """The first axis points up, the others follow the clock."""
    return 2 * math.pi * axis / count - math.pi / 2


def _place(axis: int, count: int, part: float) -> tuple[float, float]:
    angle = _angle(axis, count)
    return (
        CENTRE_X + RADIUS * part * math.cos(angle),
        CENTRE_Y + RADIUS * part * math.sin(angle),
    )


def _spoke(axis: int, count: int, label: str) -> Spoke:
    end_x, end_y = _place(axis, count, 1)
    text_x, text_y = _place(axis, count, 1 + LABEL_GAP / RADIUS)
    side, height = math.cos(_angle(axis, count)), math.sin(_angle(axis, count))
    anchor = "middle" if abs(side) < 0.2 else ("start" if side > 0 else "end")
    # At the top and the bottom there is room to both sides.
    lines = wrap(label, LABEL_CHARS * 2 if anchor == "middle" else LABEL_CHARS)
    # The block of lines ends above a top axis, starts below a bottom one.
    first = text_y - (len(lines) - 1) * LINE_HEIGHT * (1 - height) / 2 + 5 * (1 + height) / 2
    return Spoke(
        x=number(end_x),
        y=number(end_y),
        anchor=anchor,
        label=tuple(
            Line(number(text_x), number(first + row * LINE_HEIGHT), line)
            for row, line in enumerate(lines)
        ),
    )


def _shape(index: int, series: Series, count: int, maximum: float) -> Shape:
    places = [
        None if value is None else _place(axis, count, share(value, maximum))
        for axis, value in enumerate(series.values)
    ]
    known = [place for place in places if place is not None]
    complete = len(known) == count
    lines = [
        points([start, end])
        for start, end in zip(places, places[1:] + places[:1], strict=True)
        if start is not None and end is not None
    ]
    return Shape(
        label=series.label,
        colour=colour(index),
        dash=dash(index),
        area=points(known) if complete else "",
        lines=() if complete else tuple(lines),
        dots=tuple(Dot(number(x), number(y)) for x, y in known),
        ranges=tuple(_ranges(series, count, maximum)),
    )


def _ranges(series: Series, count: int, maximum: float) -> list[Range]:
    found = []
    for axis, (low, high) in enumerate(zip(series.low, series.high, strict=False)):
        if low is None or high is None or low == high:
            continue
        x1, y1 = _place(axis, count, share(low, maximum))
        x2, y2 = _place(axis, count, share(high, maximum))
        found.append(Range(number(x1), number(y1), number(x2), number(y2)))
    return found
