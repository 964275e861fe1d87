"""The outcome of a calculation as its page shows it: lines with formula, and what is beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.opportunities.calculator_words import NoticeView, Words
from assessments.opportunities.content.calculators import LineText
from assessments.opportunities.domain.calculators import reshoring_inputs as asked
from assessments.opportunities.domain.calculators.catalogue import Calculator
from assessments.opportunities.domain.calculators.enclave import EnclaveResult
from assessments.opportunities.domain.calculators.figures import Unit
from assessments.opportunities.domain.calculators.investment import InvestmentResult
from assessments.opportunities.domain.calculators.own_product import OwnProductResult
from assessments.opportunities.domain.calculators.purchasing import MemberResult, PurchasingResult
from assessments.opportunities.domain.calculators.reshoring import ReshoringResult, Subtotal
from assessments.opportunities.domain.calculators.reshoring_lines import WITH_SUBSIDY
from assessments.opportunities.domain.calculators.running import Result
from assessments.opportunities.domain.calculators.sheet import Line, Sheet
from portal.common.charts.bars import Row

RESULT: Final = "result"
# Found from rows: what is missing then is a row, not one field.
FOUND_IN: Final = {
    "joint_price": "tiers",
    "joint_volume": "members",
    "sum_present_cost": "members",
    "sum_together_cost": "members",
}


@dataclass(frozen=True)
class Link:
    """A label and the place on the page that it leads to."""

    label: str
    anchor: str


@dataclass(frozen=True)
class LineView:
    """One line: its figure or why there is none, and its formula in words and in numbers."""

    label: str
    value: str
    per_year: str
    certainty: str
    words: str
    filled: str
    is_impossible: bool
    left_out: Sequence[str]


@dataclass(frozen=True)
class EmptyView:
    """A line without figure, and the fields that would give it one."""

    label: str
    fields: Sequence[Link]


@dataclass(frozen=True)
class SectionView:
    """The lines of one group that have a figure, and those that stay empty."""

    slug: str
    label: str
    lines: Sequence[LineView]
    empty: Sequence[EmptyView]
    has_per_year: bool
    has_certainty: bool


@dataclass(frozen=True)
class TableView:
    """Any other table: headings, and rows whose first cell names the row.

    ``ends_in_words`` is whether the last column holds text instead of a figure.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    ends_in_words: bool = False


@dataclass(frozen=True)
class DriversView:
    """What moves the outcome most: bars, and both ends as a table."""

    title: str
    description: str
    bars: Sequence[Row]
    table: TableView


@dataclass(frozen=True, kw_only=True)
class ResultView:
    """Everything about one outcome; what a calculator does not have is empty."""

    headline: str
    sections: Sequence[SectionView]
    empty_count: int
    notices: Sequence[NoticeView]
    facts: Sequence[tuple[str, str]] = ()
    certainty: TableView | None = None
    drivers: DriversView | None = None
    forecast: TableView | None = None
    forecast_missing: Sequence[Link] = ()
    cash: TableView | None = None
    members: TableView | None = None
    member_sections: Sequence[SectionView] = ()
    scores: Sequence[tuple[str, str]] = ()
    hides_subsidy: bool = False


@dataclass
class Results:
    """Puts an outcome into words; ``sees_subsidy`` is whether the reader may see premiums."""

    words: Words
    sees_subsidy: bool
    hidden: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        is_reshoring = self.words.calculator is Calculator.RESHORING
        self.hidden = WITH_SUBSIDY if is_reshoring and not self.sees_subsidy else frozenset()

    def view(self, result: Result) -> ResultView:
        """The whole outcome."""
        sections = self.sections(result.sheet, self.words.text.lines)
        shared = {
            "headline": self.words.headline(result),
            "sections": sections,
            "empty_count": sum(len(section.empty) for section in sections),
            "notices": [self.words.notice(notice) for notice in result.notices],
            "hides_subsidy": bool(self.hidden),
        }
        match result:
            case ReshoringResult():
                extra = self._reshoring(result)
            case InvestmentResult():
                extra = self._investment(result)
            case PurchasingResult():
                extra = self._purchasing(result)
            case EnclaveResult():
                extra = {"facts": self._enclave_facts(result)}
            case OwnProductResult():
                extra = {}
        return ResultView(**shared, **extra)  # type: ignore[arg-type]

    # --- lines ------------------------------------------------------------------------------

    def sections(
        self, sheet: Sheet, texts: Mapping[str, LineText], prefix: str = ""
    ) -> list[SectionView]:
        """The lines by group, what it comes to first."""
        groups = dict.fromkeys(line.spec.group for line in sheet.lines.values())
        order = sorted(groups, key=lambda group: group != RESULT)
        found = (self._section(sheet, texts, group, prefix) for group in order)
        return [section for section in found if section.lines or section.empty]

    def _section(
        self, sheet: Sheet, texts: Mapping[str, LineText], group: str, prefix: str
    ) -> SectionView:
        lines = [line for line in sheet.group(group) if line.key not in self.hidden]
        known = [self._line(line, texts[line.key]) for line in lines if not line.is_empty]
        return SectionView(
            slug=f"{prefix}{group}",
            label=self.words.text.groups[group],
            lines=known,
            empty=[
                EmptyView(texts[line.key].label, self.links(line.missing))
                for line in lines
                if line.is_empty
            ],
            has_per_year=any(line.per_year for line in known),
            has_certainty=any(line.certainty for line in known),
        )

    def _line(self, line: Line, text: LineText) -> LineView:
        words, unit = self.words, line.spec.unit
        short = unit is Unit.EUR_PER_UNIT and line.per_year is not None
        certainty = line.spec.certainty
        return LineView(
            label=text.label,
            value="" if line.value is None else words.figure(line.value, unit, short=short),
            per_year=(
                ""
                if line.per_year is None
                else words.figure(line.per_year, Unit.EUR_PER_YEAR, short=True)
            ),
            certainty="" if certainty is None else words.common.certainties[certainty],
            words=text.formula,
            filled=words.filled(line),
            is_impossible=line.is_impossible,
            left_out=self._labels(line.left_out),
        )

    def _labels(self, names: Iterable[str]) -> list[str]:
        return [self.words.names[name] for name in names if name not in self.hidden]

    def links(self, names: Iterable[str]) -> list[Link]:
        """Where to fill in what is missing; a price or sum that is found leads to its rows."""
        of_rows = {
            spec.name: slug
            for slug, row in self.words.definition.rows.items()
            for spec in row.fields
        }
        places = {**of_rows, **FOUND_IN}
        return [
            Link(
                self.words.names[name], f"group-{places[name]}" if name in places else f"id_{name}"
            )
            for name in names
        ]

    # --- reshoring --------------------------------------------------------------------------

    def _reshoring(self, result: ReshoringResult) -> dict[str, object]:
        text, scores = self.words.text, result.scores
        unit = Unit.SCORE
        missing = result.forecast[0].price.missing if result.forecast else ()
        return {
            "certainty": self._certainty(result.subtotals),
            "drivers": self._drivers(result),
            "forecast": self._forecast(result) if not missing else None,
            "forecast_missing": self.links(missing),
            "scores": [
                (text.fields[name].label, self.words.figure(value, unit))
                for name in asked.SCORES
                if (value := scores[name]) is not None
            ],
        }

    def _certainty(self, subtotals: Sequence[Subtotal]) -> TableView:
        words = self.words
        rows = []
        for subtotal in subtotals:
            value = subtotal.value
            rows.append(
                (
                    words.common.certainties[subtotal.certainty],
                    _("empty") if value is None else words.figure(value, Unit.EUR),
                    words.figure(subtotal.cumulative, Unit.EUR),
                    ", ".join(self._labels(subtotal.empty)) or "–",
                )
            )
        head = (_("How sure"), _("Per unit"), _("Added up so far"), _("Left empty"))
        note = _("Cost abroad in euro per unit, from the surest amounts to the least sure.")
        return TableView(head, rows, note, ends_in_words=True)

    def _drivers(self, result: ReshoringResult) -> DriversView | None:
        if not result.drivers:
            return None
        words = self.words
        measured = words.text.lines[result.measured].label
        rows, bars = [], []
        for driver in result.drivers:
            label = words.text.fields[driver.field].label
            swing = words.figure(driver.swing, Unit.EUR)
            bars.append(Row(label, float(driver.swing), swing))
            low, high = (
                words.figure(driver.at_low, Unit.EUR),
                words.figure(driver.at_high, Unit.EUR),
            )
            rows.append((label, low, high, swing))
        head = (
            _("Figure"),
            _("When 10% lower"),
            _("When 10% higher"),
            pgettext("between two outcomes", "Distance"),
        )
        title = _("The five figures that move the outcome most")
        if len(rows) < 5:
            title = _("The figures that move the outcome most")
        description = _(
            "How far “%(line)s” moves, in euro per unit, when one figure becomes a tenth "
            "lower or higher and all others stay the same."
        ) % {"line": measured}
        ends = TableView(head, rows, _("What “%(line)s” then becomes:") % {"line": measured})
        return DriversView(title, description, bars, ends)

    def _forecast(self, result: ReshoringResult) -> TableView:
        lines, unit = self.words.text.lines, Unit.EUR
        keys = ["forecast_price", "tco", "local_cost", "difference"]
        if not self.hidden:
            keys += ["local_cost_with_subsidy", "difference_with_subsidy"]
        rows = []
        for year in result.forecast:
            values = {
                "forecast_price": year.price.value,
                "tco": year.tco,
                "local_cost": year.local_cost,
                "difference": year.difference,
                "local_cost_with_subsidy": year.local_cost_with_subsidy,
                "difference_with_subsidy": year.difference_with_subsidy,
            }
            shown = (
                _("empty") if (value := values[key]) is None else self.words.figure(value, unit)
                for key in keys
            )
            rows.append((str(year.year), *shown))
        head = (_("Years from now"), *(lines[key].label for key in keys))
        return TableView(
            head, rows, _("In euro per unit, with wages and currency as you expect them to grow.")
        )

    # --- the others -------------------------------------------------------------------------

    def _investment(self, result: InvestmentResult) -> dict[str, object]:
        words, outcomes = self.words, self.words.text.outcomes
        facts = [
            (_("With the support"), outcomes[result.payback]),
            (_("Without support"), outcomes[result.payback_without_support]),
        ]
        if not result.cash_years:
            return {"facts": facts}
        rows = [
            (
                str(year.year),
                words.figure(year.cash, Unit.EUR),
                words.figure(year.cumulative, Unit.EUR),
                _("empty") if year.discounted is None else words.figure(year.discounted, Unit.EUR),
            )
            for year in result.cash_years
        ]
        head = (_("Year"), _("Cash"), _("Added up so far"), _("In money of today"))
        note = _("Year 0 is the investment itself; the last year has the value at the end in it.")
        return {"facts": facts, "cash": TableView(head, rows, note)}

    def _enclave_facts(self, result: EnclaveResult) -> list[tuple[str, str]]:
        facts = []
        if result.presence is not None:
            facts.append((_("How near a guide must be"), self.words.text.outcomes[result.presence]))
        if result.notify_by is not None:
            facts.append((_("Last day to report"), self.words.day(result.notify_by)))
        return facts

    def _purchasing(self, result: PurchasingResult) -> dict[str, object]:
        words, lines = self.words, self.words.text.row_lines
        keys = ("present_cost", "together_cost", "saving", "saving_percent")
        head = (
            words.text.rows["members"]["name"].label,
            *(lines[key].label for key in keys),
            _("Outcome"),
        )
        rows = [
            (
                one.member.name,
                *(self._cell(one.sheet[key]) for key in keys),
                words.text.outcomes[one.gain],
            )
            for one in result.members
        ]
        return {
            "facts": self._tiers(result),
            "members": TableView(head, rows, ends_in_words=True) if rows else None,
            "member_sections": [
                section
                for number, one in enumerate(result.members, start=1)
                for section in self._member(one, number)
            ],
        }

    def _cell(self, line: Line) -> str:
        if line.value is None:
            return _("does not exist") if line.is_impossible else _("empty")
        return self.words.figure(line.value, line.spec.unit, short=True)

    def _member(self, one: MemberResult, number: int) -> list[SectionView]:
        found = self.sections(one.sheet, self.words.text.row_lines, f"member-{number}-")
        return [
            SectionView(
                slug=section.slug,
                label=one.member.name,
                lines=section.lines,
                empty=section.empty,
                has_per_year=False,
                has_certainty=False,
            )
            for section in found
        ]

    def _tiers(self, result: PurchasingResult) -> list[tuple[str, str]]:
        words = self.words
        facts = []
        if result.next_tier is not None and result.to_next_tier is not None:
            text = _("%(volume)s more, and the price becomes %(price)s.")
            price = words.typed(result.next_tier.price, Unit.EUR_PER_UNIT)
            volume = words.figure(result.to_next_tier, Unit.UNITS_PER_YEAR)
            facts.append((_("Next price break"), text % {"volume": volume, "price": price}))
        if result.unpriced:
            facts.append((_("Left out: no price known"), ", ".join(result.unpriced)))
        return facts
