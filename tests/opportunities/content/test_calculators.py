"""Texts of the calculators: complete, exact, and the same in both languages."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest

from assessments.opportunities.content.calculators import (
    FOLDER,
    ContentError,
    calculator_text,
    common_text,
)
from assessments.opportunities.domain.calculators.catalogue import CALCULATORS, Calculator
from assessments.opportunities.domain.calculators.enclave import enclave
from assessments.opportunities.domain.calculators.figures import Unit
from assessments.opportunities.domain.calculators.investment import investment
from assessments.opportunities.domain.calculators.own_product import own_product
from assessments.opportunities.domain.calculators.purchasing import purchasing
from tests.opportunities.domain.calculators.test_enclave import NORM, PACKING
from tests.opportunities.domain.calculators.test_investment import COBOT
from tests.opportunities.domain.calculators.test_own_product import BENCH
from tests.opportunities.domain.calculators.test_purchasing import STEEL

LANGUAGES = ("nl", "en")
BOTH = pytest.mark.parametrize("language", LANGUAGES)


@BOTH
@pytest.mark.parametrize("calculator", Calculator)
def test_fields_and_lines_are_worded_exactly_as_the_domain_has_them(calculator, language) -> None:
    definition, text = CALCULATORS[calculator], calculator_text(calculator, language)
    assert list(text.fields) == [spec.name for spec in definition.fields]
    assert list(text.lines) == [spec.key for spec in definition.lines]
    assert list(text.row_lines) == [spec.key for spec in definition.row_lines]
    assert set(text.rows) == set(definition.rows)
    assert tuple(text.groups) == definition.groups
    assert all([text.title, text.intro, text.source])
    for field in (*text.fields.values(), *(f for row in text.rows.values() for f in row.values())):
        assert field.help.endswith((".", "?")), field
        assert field.label[0].isupper(), field
    for notice in text.notices.values():
        assert notice.endswith("."), notice


@BOTH
@pytest.mark.parametrize("calculator", Calculator)
def test_every_formula_can_be_written_in_words(calculator, language) -> None:
    names = calculator_text(calculator, language).names()
    for spec in CALCULATORS[calculator].all_lines:
        assert spec.formula.write(names)


@pytest.mark.parametrize("calculator", Calculator)
def test_the_two_languages_differ_and_name_the_same_figures(calculator) -> None:
    dutch, english = (calculator_text(calculator, language) for language in LANGUAGES)
    assert dutch.intro != english.intro
    for code, text in dutch.notices.items():
        assert text != english.notices[code]
        assert named(text) == named(english.notices[code])


def named(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def raised():
    """Notices of each kind that carry figures, as the calculators give them."""
    half = {"guides_available": Decimal("0.5"), "host_turnover": Decimal(900000)}
    for day, changes in (
        (date(2026, 11, 25), {"notified": None, **half}),
        (date(2027, 2, 1), {"notified": None}),
        (date(2026, 11, 25), {"notified": date(2027, 2, 1)}),
    ):
        plan = enclave(replace(PACKING, **changes), fte_per_guide=NORM, today=day)
        yield from plan.notices
    for changes in (
        {"market_volume": Decimal(10), "expected_volume": Decimal(11)},
        {"price": Decimal(1)},
    ):
        yield from own_product(replace(BENCH, **changes)).notices
    for changes in (
        {"support_amount": Decimal(90000)},
        {"errors_after_percent": Decimal(9)},
        {"years": Decimal(1)},
    ):
        yield from investment(replace(COBOT, **changes)).notices
    low, high = STEEL.tiers[0], STEEL.tiers[2]
    for tiers in (
        (high, replace(high, price=Decimal(2)), replace(low, from_volume=Decimal(0))),
        (replace(low, from_volume=Decimal(10**6)),),
        (low, replace(high, price=Decimal(2))),
    ):
        yield from purchasing(replace(STEEL, tiers=tiers)).notices


def test_a_notice_names_only_figures_that_it_gets() -> None:
    texts = {}
    for calculator in Calculator:
        texts |= calculator_text(calculator, "nl").notices
    waiting = {code for code, text in texts.items() if named(text)}
    for notice in raised():
        assert named(texts[notice.code]) <= set(notice.figures) | set(notice.days)
        waiting.discard(notice.code)
    assert not waiting


@BOTH
def test_units_certainties_and_sources_are_worded(language) -> None:
    common = common_text(language)
    assert set(common.units) == set(Unit) - {Unit.NONE}
    assert all([*common.units.values(), *common.certainties.values(), *common.sources.values()])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the texts, to break."""
    return Path(shutil.copytree(FOLDER, tmp_path / "texts"))


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('label.nl = "Kost van samen kopen"\n', "", "purchasing.toml, fields, joint_cost, label"),
        ("[fields.joint_cost]", "[fields.other_cost]", "fields: missing or unknown: joint_cost"),
        ('saves.en = "Saves"', 'saves.en = ""', "outcomes, saves: a text is missing"),
        ('title.nl = "Samen aankopen"', "title.nl = ", "purchasing.toml: "),
        ("[row_lines.saving]", "[row_lines.gain]", "row_lines: missing or unknown: gain, saving"),
        ("[values]", "[extra]", "purchasing.toml: missing or unknown: extra"),
        ("[values]\n", "[values]\nmore.nl = 'x'\nmore.en = 'x'\n", "values: missing or unknown"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_place(
    folder: Path, before: str, after: str, message: str
) -> None:
    file = folder / "purchasing.toml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=message):
        calculator_text(Calculator.PURCHASING, "nl", folder)


def test_a_part_that_is_no_table_is_refused(folder: Path) -> None:
    file = folder / "common.toml"
    file.write_text('units = "€"\ncertainties = {}\nsources = {}\n', encoding="utf-8")
    with pytest.raises(ContentError, match=r"common.toml, units: is missing"):
        common_text("en", folder)


def test_a_missing_file_is_refused(folder: Path) -> None:
    (folder / "enclave.toml").unlink()
    with pytest.raises(ContentError, match=r"enclave\.toml"):
        calculator_text(Calculator.ENCLAVE, "nl", folder)
