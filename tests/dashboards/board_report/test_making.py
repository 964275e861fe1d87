"""Two to four pages, whatever there is to tell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone, translation

from assessments.dashboards.board_report import making
from assessments.dashboards.board_report.gather import Judged, Material
from assessments.dashboards.board_report.limits import FEWEST_PAGES, LIMITS, MOST_PAGES
from assessments.dashboards.board_report.making import TooLongError, made
from assessments.dashboards.board_report.printing import print_report
from assessments.dashboards.board_report.writing import written
from assessments.opportunities import services as opportunities
from assessments.opportunities.models import RuleSet
from companies.profiles.models import Company
from portal.common.components import Overriding
from portal.common.versioned import VersionStatus
from tests.dashboards.board_report.companies import (
    bare_company,
    everywhere,
    material,
    whole_company,
)
from tests.dashboards.board_report.pdf import TaggedPdf

pytestmark = pytest.mark.django_db
HOSTILE = (
    "#panic() $x$",
    'Aan"haling\\ #{ [ ] } _*`',
    "<script>alert(1)</script> & zoon",
    "🎉 Ж 你好 مرحبا",
    "@ref <label> // niets /* */",
    "W" * 320,
)


@pytest.fixture
def whole() -> Company:
    return whole_company(name="Alles Erop vzw")


def pages(data: bytes) -> int:
    return len(TaggedPdf(data).reader.pages)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_company_with_everything(whole: Company, language: str) -> None:
    with translation.override(language):
        printed = made(material(whole, language))
    assert FEWEST_PAGES <= printed.pages <= MOST_PAGES
    assert printed.pages == pages(printed.data)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_company_with_nothing_but_a_name(language: str) -> None:
    company = bare_company(name="Pas Begonnen vzw")
    opportunities.assess_behind(now=timezone.now())
    with translation.override(language):
        printed = made(material(company, language))
    assert printed.pages == pages(printed.data) == 2


def test_before_any_rules_are_published() -> None:
    """One page would do, so that the last section goes on a second one."""
    RuleSet.objects.filter(status=VersionStatus.PUBLISHED).update(status=VersionStatus.RETIRED)
    with translation.override("nl"):
        printed = made(material(bare_company()))
    assert printed.pages == pages(printed.data) == 2


def longest(found: Material) -> Material:
    """As much of everything as there can be, in words that take the most room."""
    filled = everywhere(found, lambda text: "Werk WWWWWWWW " * 150)
    reason = "WWWWWWW WWWW " * 154  # the longest that an adviser can write
    override = Overriding("laag", "W" * 300, reason[:2000], found.made_at)
    judged = tuple(_swollen(one, override) for one in filled.judged)
    company = found.company
    company.name = "WWWWWWWWW " * 32
    for match in filled.matches:
        match.establishment.name = match.establishment.name_key = "W" * 320
    assert filled.scanned is not None
    plan = filled.scanned.roadmap.plan * 4
    for row in plan:
        row.step.owner.full_name = "Wwwwwwwwwwwwwwwwwwwwwwwwwwwww Wwwwwwwwwww"
        row.step.statement.text_nl = row.step.statement.text_en = "WWWW " * 200
    scanned = replace(filled.scanned, roadmap=replace(filled.scanned.roadmap, plan=plan))
    return replace(filled, judged=judged, scanned=scanned, is_behind=True)


def _swollen(one: Judged, override: Overriding) -> Judged:
    every = [rule for row in one.page.criteria for rule in (*row.fired, *row.missing)]
    many = tuple(
        replace(every[0], reason=f"{n} {every[0].reason}", is_up=n % 2 == 0) for n in range(20)
    )
    criteria = tuple(replace(row, fired=many) for row in one.page.criteria)
    page = replace(one.page, criteria=criteria, questions=one.page.questions * 9 or ())
    return Judged(replace(one.row, override=override, since="Wwww " * 40), page)


def test_the_fullest_company_with_the_longest_texts(whole: Company) -> None:
    with translation.override("nl"):
        most = longest(material(whole))
        shown = [print_report(written(most, one), made_at=most.made_at).pages for one in LIMITS]
        printed = made(most)
    assert shown[0] > MOST_PAGES  # the first limits are not enough for this one
    assert FEWEST_PAGES <= shown[-1] <= MOST_PAGES
    assert printed.pages <= MOST_PAGES


def test_a_report_that_no_limits_make_short_enough_says_so(
    whole: Company, monkeypatch: Any
) -> None:
    monkeypatch.setattr(making, "MOST_PAGES", 1)
    with translation.override("nl"), pytest.raises(TooLongError, match=str(whole.pk)):
        made(material(whole))


@pytest.mark.parametrize("name", HOSTILE)
def test_what_people_type_is_text_and_never_source(name: str) -> None:
    company = bare_company(name=name)
    opportunities.assess_behind(now=timezone.now())
    with translation.override("en"):
        printed = made(material(company, "en"))
    title = next(TaggedPdf(printed.data).tree.all("H1")).text
    assert title.startswith("Board report ")
    if name.isascii() and len(name) < 100:
        assert title == f"Board report {name}"


def test_hostile_words_in_every_place(whole: Company) -> None:
    with translation.override("nl"):
        for text in HOSTILE[:-1]:
            found = everywhere(material(whole), lambda _, text=text: text)
            assert made(found).pages <= MOST_PAGES


def test_the_same_report_gives_the_same_bytes(whole: Company) -> None:
    with translation.override("nl"):
        found = material(whole)
        assert made(found).sha256 == made(found).sha256
