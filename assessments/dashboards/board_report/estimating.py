"""About how many pages a report takes, without laying it out.

Laying out a form that turns out too long costs as much as one that fits. Heights are what
fits 216 reports that typst made (26 demo companies and two made-up ones, each set of limits, both
languages): none was more than 0.2 page beside its real length. Where an estimate is wrong
all the same, a form that would have fitted is passed over, or one too many is laid out.
"""

from __future__ import annotations

import math
from typing import Final

from assessments.dashboards.board_report.content import (
    Badge,
    Block,
    Cell,
    Items,
    Mark,
    Paragraph,
    Report,
    SideBySide,
    Table,
)

# How far an estimate may be beside the truth, in pages.
DOUBT: Final = 0.2
# Height of the text on a page, and of what stands on it, in centimetres.
PAGE: Final = 26.0
TITLE: Final = 4.4
SECTION: Final = 1.4
LINE: Final = 0.41
PARAGRAPH: Final = 0.16
LIST_ITEM: Final = 0.02
CHART: Final = 4.8
CAPTION: Final = 1.2
ROW: Final = 0.4
CELL_LINE: Final = 0.27
# Width of the text, of a usual letter in it, and of what lies beside the text of a cell.
WIDTH: Final = 17.0
LETTER: Final = 0.16
BESIDE_TEXT: Final = 0.28


def estimated_pages(report: Report) -> float:
    """Pages as a fraction: 2.5 is two and a half."""
    blocks = [block for section in report.sections for block in section.blocks]
    height = TITLE + SECTION * len(report.sections) + sum(map(_height, blocks))
    return height / PAGE


def _height(block: Block) -> float:
    match block:
        case Paragraph():
            return PARAGRAPH + LINE * _lines(block.lead + block.text, WIDTH)
        case Items():
            return LINE + PARAGRAPH + sum(map(_item_height, block.items))
        case Table():
            head: tuple[Cell, ...] = block.head
            return CAPTION + sum(_row_height(row, block.widths) for row in (head, *block.rows))
        case SideBySide():
            return CHART * len(block.left)
        case _:  # a heading
            return LINE + PARAGRAPH


def _item_height(text: str) -> float:
    return LIST_ITEM + LINE * _lines(text, WIDTH)


def _row_height(row: tuple[Cell, ...], widths: tuple[int, ...]) -> float:
    """As high as its highest cell."""
    share = WIDTH / sum(widths)
    lines = (
        _lines(_text(cell), width * share - BESIDE_TEXT)
        for cell, width in zip(row, widths, strict=True)
    )
    return ROW + CELL_LINE * (max(lines) - 1)


def _lines(text: str, width: float) -> int:
    return max(1, math.ceil(len(text) * LETTER / width))


def _text(cell: Cell) -> str:
    match cell:
        case Badge():
            return f"{cell.text} ({cell.under})" if cell.under else cell.text
        case Mark():
            return cell.text
        case _:
            return cell
