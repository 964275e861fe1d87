"""The report as a screen reader meets it: PDF/UA, tags, reading order, headings, alternatives."""

from __future__ import annotations

import itertools
import re

import pytest
from django.utils import translation

from assessments.dashboards.board_report.content import (
    Chart,
    Heading,
    Items,
    Paragraph,
    Report,
    SideBySide,
    Table,
)
from assessments.dashboards.board_report.gather import Material
from assessments.dashboards.board_report.limits import LIMITS
from assessments.dashboards.board_report.printable import printable
from assessments.dashboards.board_report.printing import print_report
from assessments.dashboards.board_report.writing import written
from tests.dashboards.board_report.companies import material, whole_company
from tests.dashboards.board_report.pdf import Tag, TaggedPdf

pytestmark = pytest.mark.django_db
LANGUAGES = {"nl": "nl-BE", "en": "en-GB"}


@pytest.fixture(params=sorted(LANGUAGES))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def found(language: str) -> Material:
    return material(whole_company(name="Houtgoed & Zonen vzw"), language)


@pytest.fixture
def report(found: Material, language: str) -> Report:
    with translation.override(language):
        return written(found, LIMITS[2])


@pytest.fixture
def pdf(report: Report, found: Material) -> TaggedPdf:
    return TaggedPdf(print_report(report, made_at=found.made_at).data)


def plain(text: str) -> str:
    """Without what only a line break adds or takes."""
    return re.sub(r"[\s\u00a0\u00ad-]+", "", text)


def test_it_says_that_it_is_pdf_ua_and_in_which_language(
    pdf: TaggedPdf, report: Report, language: str
) -> None:
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.metadata
    assert pdf.root["/MarkInfo"]["/Marked"]
    assert pdf.root["/Lang"] == LANGUAGES[language]
    assert pdf.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.reader.metadata is not None
    assert pdf.reader.metadata.title == report.title
    assert all(page["/Tabs"] == "/S" for page in pdf.reader.pages)


def test_its_fonts_are_ours_and_inside_it(pdf: TaggedPdf) -> None:
    assert {name.split("+")[1] for name in pdf.fonts} == {
        "AtkinsonHyperlegibleNext-Regular",
        "AtkinsonHyperlegibleNext-Bold",
    }
    for font in pdf.fonts.values():
        below = font["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in below["/FontDescriptor"]


def test_headings_go_down_step_by_step(pdf: TaggedPdf, report: Report) -> None:
    headings = list(pdf.tree.all("H1", "H2", "H3", "H4"))
    levels = [int(heading.kind[1]) for heading in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(next_ - level <= 1 for level, next_ in itertools.pairwise(levels))
    expected = [f"{report.sort} {report.company}"]
    for section in report.sections:
        expected.append(section.title)
        expected += [one.text for one in section.blocks if isinstance(one, Heading)]
    texts = [heading.text for heading in headings]
    assert [
        one for one, start in zip(texts, expected, strict=True) if not one.startswith(start)
    ] == []


def test_it_is_read_in_the_order_in_which_it_was_written(pdf: TaggedPdf, report: Report) -> None:
    everything = plain(pdf.tree.text)
    place = 0
    for words in _in_order(report):
        wanted = plain(printable(words))
        at = everything.find(wanted, place)
        assert at >= 0, f"{words!r} is not read after {everything[place - 60 : place]!r}"
        place = at + len(wanted)


def _in_order(report: Report) -> list[str]:
    """What is read of each block, first to last."""
    found = [report.company, *(text for fact in report.facts for text in fact)]
    for section in report.sections:
        found.append(section.title)
        for block in section.blocks:
            found += _words(block)
    return found


def _words(block: object) -> list[str]:
    match block:
        case Heading():
            return [block.text, block.badge.text] if block.badge else [block.text]
        case Paragraph():
            return [block.lead, block.text] if block.lead else [block.text]
        case Items():
            return [block.lead, *block.items]
        case Table():
            cells = [cell for row in block.rows for cell in row]
            texts = [cell if isinstance(cell, str) else cell.text for cell in cells]
            return [block.caption, *block.head, *texts]
        case Chart():
            return [block.title]
        case SideBySide():
            return [word for one in (*block.left, *block.right) for word in _words(one)]
    raise AssertionError(block)


def test_tables_have_a_caption_and_headers_that_cells_point_to(
    pdf: TaggedPdf, report: Report
) -> None:
    tables = list(pdf.tree.all("Table"))
    written_ones = [one for one in _blocks(report) if isinstance(one, Table)]
    assert len(tables) == len(written_ones) >= 6
    captions = [caption.text for caption in pdf.tree.all("Caption")]
    for table, wanted in zip(tables, written_ones, strict=True):
        assert any(caption.startswith(wanted.caption) for caption in captions)
        heads = list(table.all("TH"))
        assert [plain(head.text) for head in heads] == [plain(words) for words in wanted.head]
        assert {head.attributes["/Scope"] for head in heads} == {"/Column"}
        rows = [row for body in table.all("TBody") for row in body.all("TR")]
        assert len(rows) == len(wanted.rows)
        for row in rows:
            cells = list(row.all("TD"))
            assert len(cells) == len(wanted.head)
            assert all(len(cell.attributes["/Headers"]) == 1 for cell in cells)


def test_every_picture_has_its_values_in_words(pdf: TaggedPdf, report: Report) -> None:
    charts = [one for one in _blocks(report) if isinstance(one, Chart)]
    figures = list(pdf.tree.all("Figure"))
    assert [figure.alt for figure in figures] == [chart.alt for chart in charts]
    assert len(figures) == 2
    radar, modules = charts
    series = [line.text for line in radar.legend]
    assert len(series) == 2
    assert all(name in radar.alt for name in series)
    assert radar.alt.count(series[0]) == 7
    assert modules.alt


def test_lists_are_lists_and_the_letters_of_charts_are_in_our_font(
    pdf: TaggedPdf, report: Report
) -> None:
    lists = list(pdf.tree.all("L"))
    items = [one for one in _blocks(report) if isinstance(one, Items)]
    assert len(lists) == len(items) > 5
    for found, wanted in zip(lists, items, strict=True):
        assert len(list(found.all("LI"))) == len(wanted.items)
    figure = next(pdf.tree.all("Figure"))
    assert plain(figure.text)  # letters, not shapes


def test_page_numbers_are_no_part_of_what_is_read(pdf: TaggedPdf, report: Report) -> None:
    pages = len(pdf.reader.pages)
    for number, page in enumerate(pdf.reader.pages, start=1):
        shown = report.page_of.replace("{page}", str(number)).replace("{pages}", str(pages))
        assert shown in " ".join(page.extract_text().split())
    assert report.footer not in pdf.tree.text


def _blocks(report: Report) -> list[object]:
    found: list[object] = []
    for section in report.sections:
        for block in section.blocks:
            found += [*block.left, *block.right] if isinstance(block, SideBySide) else [block]
    return found


def test_the_reader_of_tags_sees_what_is_there(pdf: TaggedPdf) -> None:
    """The tests above lean on it: it finds one document with all of the text."""
    (document,) = pdf.tree.inside
    assert isinstance(document, Tag)
    assert document.kind == "Document"
    assert len(document.text) > 4000
    assert "\ufffd" not in document.text
