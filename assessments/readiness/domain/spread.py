"""How far several views on one statement lie apart.

Source: readiness rules of the design: a difference of two levels or more is a point to
discuss. "Not applicable" and "don't know" carry no level, so they make no difference of
levels; one person's "not applicable" against another's level is told apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from assessments.readiness.domain.answers import AnswerKind, Response

POINT_DIFFERENCE: Final = 2
"""From this many levels between the lowest and the highest, people talk it over."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The lowest and the highest level (1 to 5) that was given for one statement."""

    lowest: int
    highest: int

    @property
    def difference(self) -> int:
        """Levels between the lowest and the highest; 0 when all agree."""
        return self.highest - self.lowest

    @property
    def is_point(self) -> bool:
        """Far enough apart to be talked over."""
        return self.difference >= POINT_DIFFERENCE


@dataclass(frozen=True, slots=True)
class Point:
    """A statement with its spread; ``place`` is its position, one number per statement."""

    place: int
    spread: Spread


def spread(levels: Iterable[int]) -> Spread | None:
    """The spread of levels from 1 to 5, in any order; None without any."""
    known = tuple(levels)
    return Spread(min(known), max(known)) if known else None


def levels_of(responses: Iterable[Response]) -> list[int]:
    """The levels among answers; "not applicable" and "don't know" carry none."""
    return [response.level for response in responses if response.level is not None]


def points_in_order(points: Iterable[Point]) -> list[Point]:
    """Those that are to be talked over: the largest difference first, then by place."""
    found = (point for point in points if point.spread.is_point)
    return sorted(found, key=lambda point: (-point.spread.difference, point.place))


def is_divided_on_use(responses: Iterable[Response]) -> bool:
    """One says that the statement does not apply, another gives it a level."""
    kinds = {response.kind for response in responses}
    return {AnswerKind.LEVEL, AnswerKind.NOT_APPLICABLE} <= kinds


def agreed_level(responses: Iterable[Response]) -> int | None:
    """The one level that two respondents or more give, when nobody gives anything else.

    "Don't know" is no other opinion; "not applicable" is.
    """
    given = [response for response in responses if response.kind is not AnswerKind.UNKNOWN]
    levels = levels_of(given)
    if len(levels) < 2 or len(levels) < len(given) or len(set(levels)) > 1:
        return None
    return levels[0]
