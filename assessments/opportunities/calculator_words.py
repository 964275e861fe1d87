"""Figures and outcomes of the calculators in the words of the page's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.utils import formats
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.opportunities import words
from assessments.opportunities.content.calculators import (
    CalculatorText,
    CommonText,
    calculator_text,
    common_text,
)
from assessments.opportunities.domain.calculators.catalogue import (
    CALCULATORS,
    Calculator,
    Definition,
)
from assessments.opportunities.domain.calculators.enclave import EnclaveResult
from assessments.opportunities.domain.calculators.figures import (
    FieldKind,
    FieldSpec,
    Unit,
    rounded,
)
from assessments.opportunities.domain.calculators.investment import InvestmentResult, Payback
from assessments.opportunities.domain.calculators.own_product import BreakEven, OwnProductResult
from assessments.opportunities.domain.calculators.purchasing import PurchasingResult
from assessments.opportunities.domain.calculators.running import Figures, Result
from assessments.opportunities.domain.calculators.sheet import Line, Notice, Severity, Sheet
from portal.common.components import Kind, localised

# Kept together when a line breaks.
GLUE: Final = "\u00a0"
MINUS: Final = "−"
# Fewest and most decimals to show; other units show at most four. A price shows the fewest
# or the most, so that prices under each other read well.
DECIMALS: Final[Mapping[Unit, tuple[int, int]]] = {
    Unit.EUR: (2, 2),
    Unit.EUR_PER_UNIT: (2, 4),
    Unit.EUR_PER_YEAR: (2, 2),
    Unit.EUR_PER_HOUR: (2, 2),
    Unit.EUR_PER_DAY: (2, 2),
    Unit.EUR_PER_TONNE: (2, 2),
    Unit.CURRENCY_PER_UNIT: (2, 4),
    Unit.PERCENT: (0, 2),
    Unit.FTE: (0, 2),
    Unit.YEARS: (0, 1),
    Unit.UNITS: (0, 1),
    Unit.UNITS_PER_YEAR: (0, 1),
}
IN_STEPS: Final = frozenset({Unit.EUR_PER_UNIT, Unit.CURRENCY_PER_UNIT})
# From here on a hundredth is fine enough, whatever the unit.
LARGE: Final = 100
# Figures of notices that are no field and no line.
OF_NOTICES: Final = {"guides_short": Unit.FTE, "members": Unit.NONE}
# The text of a notice names the unit itself, or it is written with the figure.
WITH_UNIT: Final = frozenset({Unit.PERCENT, Unit.YEARS})


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice in words, with the tone of its box and where the rule comes from."""

    kind: Kind
    text: str
    source: str


class Words:
    """The texts of one calculator in the language of the page, with the figures in them."""

    def __init__(self, calculator: Calculator) -> None:
        language = words.language()
        self.calculator = calculator
        self.definition: Definition = CALCULATORS[calculator]
        self.text: CalculatorText = calculator_text(calculator, language)
        self.common: CommonText = common_text(language)
        self.names = self.text.names()

    def bare(self, value: Fraction, unit: Unit) -> str:
        """The number alone, with a true minus sign."""
        fewest, most = DECIMALS.get(unit, (0, 4))
        if abs(value) >= LARGE:
            most = max(fewest, min(most, 2))
        exact = rounded(abs(value), most)
        is_finer = unit in IN_STEPS and exact != rounded(Fraction(exact), fewest)
        text = written(exact, most if is_finer else fewest)
        return f"{MINUS}{text}" if value < 0 and exact else text

    def figure(self, value: Fraction, unit: Unit, *, short: bool = False) -> str:
        """A figure with its unit; ``short`` leaves out "per unit" and "a year" behind a euro."""
        number = self.bare(value, unit)
        text = self.common.units.get(unit, "")
        if text.startswith("€"):
            sign, digits = (MINUS, number[1:]) if number.startswith(MINUS) else ("", number)
            amount = f"{sign}€{GLUE}{digits}"
            behind = "" if short else text[1:].strip()
            # An exchange rate is a price in euro too: the unit follows in full.
            return f"{amount} {behind}".rstrip()
        if unit is Unit.SCORE:
            return number
        return f"{number}{GLUE}{text}" if text else number

    def given(self, spec: FieldSpec, value: Any) -> str:
        """What was filled in, as a person reads it; a dash when it is empty."""
        if value is None or value == "":
            return localised(None)
        match spec.kind:
            case FieldKind.NUMBER:
                return self.typed(value, spec.unit)
            case FieldKind.YES_NO:
                return _("Yes") if value else _("No")
            case FieldKind.DATE:
                return date_format(value, "DATE_FORMAT")
            case FieldKind.CHOICE:
                return self.text.choices[spec.name][value]
            case FieldKind.TEXT:
                return str(value)

    def typed(self, value: Decimal, unit: Unit) -> str:
        """A number as it was filled in, exact, with its unit."""
        exact = written(value)
        text = self.common.units.get(unit, "")
        if text.startswith("€"):
            return f"€{GLUE}{exact} {text[1:].strip()}".rstrip()
        return f"{exact}{GLUE}{text}" if text and unit is not Unit.SCORE else exact

    def in_formula(self, name: str, value: Fraction) -> str:
        """A value inside a formula: percentages as such, a negative one in brackets."""
        unit = self.definition.units[name]
        text = written(rounded(abs(value), 6))
        if unit is Unit.PERCENT:
            text = f"{text}{GLUE}%"
        return f"({MINUS}{text})" if value < 0 else text

    def filled(self, line: Line) -> str:
        """The formula of a line with the numbers in it, and what it comes to."""
        texts = {name: self.in_formula(name, value) for name, value in line.used.items()}
        formula = line.filled(texts)
        if line.value is None:
            return formula
        return f"{formula} = {self.figure(line.value, line.spec.unit)}"

    def notice(self, notice: Notice) -> NoticeView:
        """A notice with its figures and days."""
        units = {**self.definition.units, **OF_NOTICES}
        figures = {
            name: self._in_notice(value, units.get(name, Unit.NONE))
            for name, value in notice.figures.items()
        }
        days = {name: date_format(day, "DATE_FORMAT") for name, day in notice.days.items()}
        return NoticeView(
            kind=Kind.DANGER if notice.severity is Severity.BLOCK else Kind.WARNING,
            text=self.text.notices[notice.code].format(**figures, **days),
            source=self.common.sources[notice.source],
        )

    def _in_notice(self, value: Fraction, unit: Unit) -> str:
        euro = self.common.units.get(unit, "").startswith("€")
        return self.figure(value, unit) if euro or unit in WITH_UNIT else self.bare(value, unit)

    def day(self, day: date) -> str:
        """A day in full."""
        return date_format(day, "DATE_FORMAT")

    def headline(self, result: Result | Figures) -> str:
        """What the calculation says, in one line."""
        match result:
            case OwnProductResult():
                return self._of_own_product(result)
            case EnclaveResult():
                return self._of_enclave(result)
            case InvestmentResult():
                return self._of_investment(result)
            case PurchasingResult():
                return self._of_purchasing(result.sheet)
            case _:
                return self._of_reshoring(result.sheet)

    def _of_reshoring(self, sheet: Sheet) -> str:
        premium, difference = sheet.value("local_premium_percent"), sheet.value("difference")
        if premium is None or difference is None:
            abroad = sheet.value("tco")
            if abroad is None:
                return _("The cost abroad is not known yet.")
            text = _("Buying abroad costs %(amount)s in all. The cost here is not known yet.")
            return text % {"amount": self.figure(abroad, Unit.EUR_PER_UNIT)}
        # The volume is always known: the year says more than the unit.
        a_year = sheet["difference"].per_year or difference
        values = {
            "share": self.figure(abs(premium), Unit.PERCENT),
            "amount": self.figure(abs(a_year), Unit.EUR_PER_YEAR),
        }
        if premium == 0:
            return _("Making it here costs as much as buying abroad.")
        if premium < 0:
            return (
                _("Making it here is %(share)s cheaper than buying abroad (%(amount)s).") % values
            )
        return _("Making it here is %(share)s dearer than buying abroad (%(amount)s).") % values

    def _of_own_product(self, result: OwnProductResult) -> str:
        volume = result.sheet.value("break_even_volume")
        if result.outcome is not BreakEven.REACHED or volume is None:
            return self.text.outcomes[result.outcome]
        share = result.sheet.value("break_even_share")
        values = {"volume": self.figure(volume, Unit.UNITS_PER_YEAR)}
        if share is None:
            return _("You cover your costs from %(volume)s on.") % values
        values["share"] = self.figure(share, Unit.PERCENT)
        text = _("You cover your costs from %(volume)s on: %(share)s of the market.")
        return text % values

    def _of_enclave(self, result: EnclaveResult) -> str:
        blocks = sum(1 for notice in result.notices if notice.severity is Severity.BLOCK)
        if blocks:
            return ngettext(
                "%(count)s thing stands in the way of this enclave.",
                "%(count)s things stand in the way of this enclave.",
                blocks,
            ) % {"count": blocks}
        surplus = result.sheet.value("guides_surplus")
        if surplus is None:
            return _("Nothing that is filled in stands in the way of this enclave.")
        text = _("Nothing that is filled in stands in the way. Guides to spare: %(fte)s.")
        return text % {"fte": self.figure(surplus, Unit.FTE)}

    def _of_investment(self, result: InvestmentResult) -> str:
        years = result.sheet.value("payback_years")
        if result.payback is not Payback.AFTER_YEARS or years is None:
            return self.text.outcomes[result.payback]
        return _("The investment pays itself back in %(years)s.") % {
            "years": self.figure(years, Unit.YEARS)
        }

    def _of_purchasing(self, sheet: Sheet) -> str:
        saving, share = sheet.value("total_saving"), sheet.value("joint_saving_percent")
        if saving is None:
            return _("What you save together is not known yet.")
        values = {
            "amount": self.figure(abs(saving), Unit.EUR_PER_YEAR),
            "share": self.figure(abs(share), Unit.PERCENT) if share is not None else "",
        }
        if saving == 0:
            return _("Together you pay as much as alone.")
        if share is None:
            return _("Together you pay %(amount)s more than alone.") % values
        if saving > 0:
            return _("Together you save %(amount)s (%(share)s).") % values
        return _("Together you pay %(amount)s more than alone (%(share)s).") % values


def written(value: Decimal, fewest: int = 0) -> str:
    """All digits of a number in the page's language, with at least ``fewest`` decimals.

    On its text: arithmetic of Decimal would refuse more than 28 digits.
    """
    decimals = format(value, "f").partition(".")[2].rstrip("0")
    places = max(fewest, len(decimals))
    text = formats.number_format(abs(value), places, use_l10n=True, force_grouping=True)
    return f"{MINUS}{text}" if value < 0 else str(text)
