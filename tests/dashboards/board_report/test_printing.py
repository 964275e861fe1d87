"""Fonts that are shipped, charts that are those of the pages, data and no source."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from assessments.dashboards.board_report.charts import dash_lengths
from assessments.dashboards.board_report.content import Chart, Mark, SideBySide, Tone
from assessments.dashboards.board_report.limits import LIMITS
from assessments.dashboards.board_report.printing import FONTS, TEMPLATE, as_data, fonts
from assessments.dashboards.board_report.writing import written
from companies.profiles.enums import MemberRole
from tests.dashboards.board_report.companies import material, whole_company

MANIFEST = json.loads((FONTS / "manifest.json").read_text())


def test_the_fonts_are_the_published_ones_with_their_licence() -> None:
    named = {entry["file"]: entry["sha512"] for entry in MANIFEST["files"]}
    assert {path.name for path in FONTS.iterdir()} == {*named, "manifest.json"}
    for name, wanted in named.items():
        assert hashlib.sha512((FONTS / name).read_bytes()).hexdigest() == wanted
    assert MANIFEST["licence"] == "OFL-1.1"
    licence = (FONTS / "LICENSE.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "with Reserved Font Name" not in licence


def test_no_other_font_can_be_used() -> None:
    assert fonts().families() == ["Atkinson Hyperlegible Next"]
    assert {font.weight for font in fonts().fonts()} == {400, 700}


def test_the_template_has_no_words_and_reads_nothing_but_the_data() -> None:
    source = TEMPLATE.read_text()
    assert "eval(" not in source
    assert source.count("json(") == 1
    for reader in ("sys.", "import ", "include ", "read(", "csv(", "yaml(", "toml("):
        assert reader not in source


def test_values_become_data_with_the_name_of_their_kind() -> None:
    assert as_data(Mark(Tone.UP, "goed 🎉")) == {"kind": "Mark", "tone": "up", "text": "goed"}
    chart = Chart("t", "a", f'<svg points="{"1," * 50}"/>', 0.5)
    assert as_data(chart)["svg"] == chart.svg  # a long attribute is no word to break


def test_dash_patterns() -> None:
    assert dash_lengths("none") == ()
    assert dash_lengths("6 4") == (6.0, 4.0)


@pytest.mark.django_db
def test_the_charts_are_those_of_the_result_page(client: Client) -> None:
    company = whole_company()
    owner = company.memberships.get(role=MemberRole.OWNER).user
    owner.language = "nl"
    owner.save()
    client.force_login(owner)
    scan = company.scans.get()
    html = client.get(reverse("readiness:result", args=[scan.pk])).content.decode()
    with translation.override("nl"):
        report = written(material(company), LIMITS[0])
    charts = [chart for chart in _charts(report) if chart.svg]
    assert len(charts) == 2
    page = " ".join(html.split())
    for chart in charts:
        assert " ".join(chart.svg.split()) in page


def _charts(report: Any) -> list[Chart]:
    return [
        chart
        for section in report.sections
        for block in section.blocks
        if isinstance(block, SideBySide)
        for chart in block.left
    ]
