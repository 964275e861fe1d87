"""Contributions laid end to end: together they are the score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.common.charts.geometry import colour, number, share

WIDTH, HEIGHT = 400, 34
ROOM_FOR_NUMBER = 16


@dataclass(frozen=True)
class Segment:
    """One contribution as drawn; ``mark`` is its row number in the table, when it fits."""

    x: str
    length: str
    middle: str
    colour: str
    mark: str


@dataclass(frozen=True)
class Stack:
    """Everything that the template draws."""

    width: int
    height: int
    segments: tuple[Segment, ...]


def stack(parts: Sequence[float], *, maximum: float) -> Stack:
    """Lay the parts end to end on a track of ``maximum``; what is below 0 takes no room.

    When the parts together are more than ``maximum``, the track grows with them.
    """
    whole = max(maximum, sum(max(part, 0) for part in parts))
    start = 0.0
    segments = []
    for index, part in enumerate(parts):
        length = WIDTH * share(part, whole)
        segments.append(
            Segment(
                x=number(start),
                length=number(length),
                middle=number(start + length / 2),
                colour=colour(index),
                mark=str(index + 1) if length >= ROOM_FOR_NUMBER else "",
            )
        )
        start += length
    return Stack(width=WIDTH, height=HEIGHT, segments=tuple(segments))
