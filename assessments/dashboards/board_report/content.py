"""What a board report says, as plain values: a title, facts about itself, and sections.

The order of the values is the order in which the report is read. All texts are in the
language of the report already; whoever prints it adds no words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Tone(StrEnum):
    """How a mark is drawn; its word stands beside it."""

    UP = "up"
    DOWN = "down"
    EVEN = "even"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Badge:
    """A verdict: ``level`` bars of three (0: incomplete) with the word, and what goes under it."""

    level: int
    text: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word with a small sign before it."""

    tone: Tone
    text: str


Cell = str | Badge | Mark


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section, with a verdict beside it where it has one."""

    text: str
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``lead`` stands in bold before it, ``is_note`` makes it smaller."""

    text: str
    lead: str = ""
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list under a few words, and how many more there are; ``tone`` draws its bullets."""

    lead: str
    items: tuple[str, ...]
    more: str = ""
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading for each column.

    ``widths`` are shares of the width; ``numbers`` the columns that are set to the right.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    numbers: tuple[int, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class LegendLine:
    """A series of a chart: its name, colour and pattern (lengths, empty for a full line)."""

    text: str
    colour: str
    dash: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture (SVG) under its title, with what it shows in words for who cannot see it.

    ``width`` is a share of the width of the text.
    """

    title: str
    alt: str
    svg: str
    width: float
    legend: tuple[LegendLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two columns, read the left one first; ``left_share`` of the width in hundredths."""

    left: tuple[Chart, ...]
    right: tuple[Table, ...]
    left_share: int


Block = Heading | Paragraph | Items | Table | Chart | SideBySide


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; ``on_new_page`` starts a page."""

    title: str
    blocks: tuple[Block, ...]
    on_new_page: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``page_of`` has ``{page}`` and ``{pages}`` where the numbers go."""

    language: str
    title: str
    sort: str
    company: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    page_of: str
    footer: str

    def spread(self) -> Report:
        """The same with its last section on a page of its own."""
        *before, last = self.sections
        return replace(self, sections=(*before, replace(last, on_new_page=True)))
