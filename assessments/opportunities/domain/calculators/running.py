"""One door to the five calculations: inputs in, result, sheet and feeds out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from assessments.opportunities.domain.calculators.catalogue import Calculator
from assessments.opportunities.domain.calculators.enclave import (
    EnclaveResult,
    enclave,
    enclave_feeds,
)
from assessments.opportunities.domain.calculators.figures import values_of
from assessments.opportunities.domain.calculators.investment import (
    InvestmentResult,
    investment,
    investment_feeds,
)
from assessments.opportunities.domain.calculators.own_product import (
    OwnProductResult,
    own_product,
    own_product_feeds,
)
from assessments.opportunities.domain.calculators.purchasing import (
    PurchasingResult,
    purchasing,
    purchasing_feeds,
)
from assessments.opportunities.domain.calculators.reshoring import (
    ReshoringResult,
    reshoring,
    reshoring_feeds,
)
from assessments.opportunities.domain.calculators.reshoring_lines import LINES
from assessments.opportunities.domain.calculators.sheet import Sheet, calculate
from portal.common.vocabulary import GuidanceLevel

Result = ReshoringResult | OwnProductResult | EnclaveResult | InvestmentResult | PurchasingResult


class NoNormError(LookupError):
    """No norm for guides is in force on the day of the calculation."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a calculation needs beside its fields: the norm for guides in force, and the day.

    ``fte_per_guide`` is empty when no norm is in force.
    """

    fte_per_guide: Mapping[GuidanceLevel, Decimal]
    today: date


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a calculation, without what only a page of its own shows."""

    sheet: Sheet


def run(calculator: Calculator, inputs: Any, around: Surroundings) -> Result:
    """The whole calculation; ``inputs`` is the input dataclass of ``calculator``.

    NoNormError when the enclave planner has no norm to plan with.
    """
    match calculator:
        case Calculator.RESHORING:
            return reshoring(inputs)
        case Calculator.OWN_PRODUCT:
            return own_product(inputs)
        case Calculator.ENCLAVE:
            if not around.fte_per_guide:
                raise NoNormError(around.today)
            return enclave(inputs, fte_per_guide=around.fte_per_guide, today=around.today)
        case Calculator.INVESTMENT:
            return investment(inputs)
        case Calculator.PURCHASING:
            return purchasing(inputs)


def figures(calculator: Calculator, inputs: Any, around: Surroundings) -> Result | Figures:
    """As ``run``, but reshoring without drivers and forecast, which take ten times as long."""
    if calculator is Calculator.RESHORING:
        values = values_of(inputs)
        return Figures(calculate(LINES, values, values["volume"]))
    return run(calculator, inputs, around)


def feeds(result: Result | Figures) -> Mapping[str, Fraction]:
    """What a calculation hands on, by the names in ``Definition.feeds``; absent while unknown."""
    match result:
        case ReshoringResult() | Figures():
            return reshoring_feeds(result)
        case OwnProductResult():
            return own_product_feeds(result)
        case EnclaveResult():
            return enclave_feeds(result)
        case InvestmentResult():
            return investment_feeds(result)
        case PurchasingResult():
            return purchasing_feeds(result)
