"""How long a report will be, held against how long typst makes it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone, translation

from assessments.dashboards.board_report.content import (
    Badge,
    Items,
    Mark,
    Paragraph,
    Report,
    Section,
    Table,
    Tone,
)
from assessments.dashboards.board_report.estimating import DOUBT, PAGE, estimated_pages
from assessments.dashboards.board_report.limits import LIMITS
from assessments.dashboards.board_report.printing import LaidOut
from assessments.dashboards.board_report.writing import written
from assessments.opportunities import services as opportunities
from tests.dashboards.board_report.companies import bare_company, material, whole_company


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_report_is_much_longer_or_shorter_than_its_estimate(language: str) -> None:
    bare = bare_company()
    opportunities.assess_behind(now=timezone.now())
    for company in (whole_company(), bare):
        found = material(company, language)
        for limits in LIMITS:
            with translation.override(language):
                report = written(found, limits)
            pages = LaidOut(report).pages
            assert pages - 1 - DOUBT < estimated_pages(report) < pages + DOUBT


def report_of(*blocks: Paragraph | Items | Table) -> Report:
    return Report("nl", "t", "s", "c", (), (Section("Titel", blocks),), "{page}", "f")


def height(*blocks: Paragraph | Items | Table) -> float:
    """Of the blocks alone, in centimetres."""
    return (estimated_pages(report_of(*blocks)) - estimated_pages(report_of())) * PAGE


def test_more_words_items_and_rows_take_more_room() -> None:
    assert height(Paragraph("Woord " * 100)) > 2 * height(Paragraph("Woord " * 20))
    few, many = Items("Wat:", ("een",)), Items("Wat:", ("een",) * 5)
    assert height(many) > height(few) > 0
    table = Table("Lijst", ("Wie", "Wat"), (("ik", "dit"),), widths=(50, 50))
    longer = replace(table, rows=(("ik", "dit"),) * 4)
    assert height(longer) > height(table) > 0


def test_a_row_is_as_high_as_its_highest_cell() -> None:
    def table(*row: str | Mark | Badge) -> Table:
        return Table("Lijst", ("Wie", "Wat"), (row,), widths=(80, 20))

    words = "Een zin met woorden " * 4
    assert height(table("kort", words)) > height(table(words, "kort"))
    assert height(table("kort", Mark(Tone.UP, words))) == height(table("kort", words))
    assert height(table("kort", Badge(1, "Laag", words))) >= height(table("kort", words))
