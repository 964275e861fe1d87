"""What all charts share: numbers as SVG wants them, line breaks, colours."""

from __future__ import annotations

from dataclasses import dataclass

# Darkest first; neighbours also differ in lightness, so that they can be told apart
# without colour vision. Each has at least 3:1 contrast with white.
PALETTE = ("#17504d", "#b4521e", "#3b6fa0", "#7a4a7d", "#6f7a1f", "#756c5e", "#a03b52")
DASHES = ("none", "6 4", "2 3", "8 3 2 3", "1 4", "10 4", "4 2")


@dataclass(frozen=True)
class Line:
    """One line of text at a place."""

    x: str
    y: str
    text: str


def number(value: float) -> str:
    """At most two decimals, a point, no exponent, never "-0"."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def points(pairs: list[tuple[float, float]]) -> str:
    """The ``points`` attribute of a polygon or polyline."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in pairs)


def colour(index: int) -> str:
    """The colour of the n-th series, round and round."""
    return PALETTE[index % len(PALETTE)]


def dash(index: int) -> str:
    """The dash pattern of the n-th series; the first is a full line."""
    return DASHES[index % len(DASHES)]


def share(value: float, maximum: float) -> float:
    """``value`` as a part of ``maximum``, kept within 0 and 1; 0 when there is no maximum."""
    if maximum <= 0:
        return 0.0
    return min(max(value / maximum, 0.0), 1.0)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` characters; a longer word is broken with a hyphen.

    ValueError when ``width`` leaves no room for a letter and a hyphen.
    """
    if width < 2:
        raise ValueError("A line needs room for two characters")
    lines: list[str] = []
    for word in text.split():
        rest = word
        if lines and len(lines[-1]) + 1 + len(rest) <= width:
            lines[-1] += f" {rest}"
            continue
        while len(rest) > width:
            lines.append(f"{rest[: width - 1]}-")
            rest = rest[width - 1 :]
        lines.append(rest)
    return lines
