"""Horizontal bars, the label above each bar so that it also reads on a narrow screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.common.charts.geometry import Line, colour, number, share, wrap

WIDTH, BAR_HEIGHT, LINE_HEIGHT, GAP = 400, 14, 18, 14
VALUE_WIDTH, LABEL_CHARS = 78, 50


@dataclass(frozen=True)
class Row:
    """One bar; ``text`` is what stands beside it, ``value`` None means unknown."""

    label: str
    value: float | None
    text: str = ""


@dataclass(frozen=True)
class Bar:
    """One row as drawn."""

    label: tuple[Line, ...]
    y: str
    length: str
    known: bool
    text: Line


@dataclass(frozen=True)
class Bars:
    """Everything that the template draws."""

    width: int
    height: str
    track: str
    bar_height: int
    colour: str
    bars: tuple[Bar, ...]


def bars(rows: Sequence[Row], *, maximum: float | None = None) -> Bars:
    """Place the bars; without ``maximum`` the longest one fills the track."""
    longest = maximum if maximum is not None else max((row.value or 0 for row in rows), default=0)
    track = WIDTH - VALUE_WIDTH
    top = 0.0
    placed: list[Bar] = []
    for row in rows:
        lines = wrap(row.label, LABEL_CHARS)
        bar_top = top + len(lines) * LINE_HEIGHT + 2
        placed.append(
            Bar(
                label=tuple(
                    Line("0", number(top + (index + 1) * LINE_HEIGHT - 4), line)
                    for index, line in enumerate(lines)
                ),
                y=number(bar_top),
                length=number(track * share(row.value or 0, longest)),
                known=row.value is not None,
                text=Line(number(track + 8), number(bar_top + BAR_HEIGHT - 2), row.text),
            )
        )
        top = bar_top + BAR_HEIGHT + GAP
    return Bars(
        width=WIDTH,
        height=number(max(top - GAP + 4, 1)),
        track=number(track),
        bar_height=BAR_HEIGHT,
        colour=colour(0),
        bars=tuple(placed),
    )
