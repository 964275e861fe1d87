"""The five calculators side by side, so that pages and forms can be generic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from assessments.opportunities.domain.calculators import (
    enclave,
    investment,
    own_product,
    purchasing,
    reshoring,
)
from assessments.opportunities.domain.calculators.enclave import EnclaveInputs
from assessments.opportunities.domain.calculators.figures import FieldSpec, Unit, specs_of
from assessments.opportunities.domain.calculators.investment import InvestmentInputs
from assessments.opportunities.domain.calculators.own_product import OwnProductInputs
from assessments.opportunities.domain.calculators.purchasing import (
    Member,
    PurchasingInputs,
    Tier,
)
from assessments.opportunities.domain.calculators.reshoring_inputs import ReshoringInputs
from assessments.opportunities.domain.calculators.reshoring_lines import LINES, lines_in
from assessments.opportunities.domain.calculators.sheet import LineSpec
from portal.common.vocabulary import Opportunity


class Calculator(StrEnum):
    """The slugs of the calculators."""

    RESHORING = "reshoring"
    OWN_PRODUCT = "own_product"
    ENCLAVE = "enclave"
    INVESTMENT = "investment"
    PURCHASING = "purchasing"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSpec:
    """A list to fill in: the dataclass of one row, and how many rows there may be."""

    inputs: type
    most: int

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The fields of one row, in order."""
        return specs_of(self.inputs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a calculator asks and shows.

    ``rows`` are lists to fill in (members, price breaks). ``row_lines`` are lines that
    each row has for itself. ``values`` is what formulas use although nobody fills it in
    (a norm, a joint volume), with its unit. ``outcomes`` are the kinds of result beside
    the figures. ``feeds`` names the plain values that the calculator hands on.
    """

    opportunity: Opportunity
    inputs: type
    lines: tuple[LineSpec, ...]
    notices: tuple[str, ...]
    feeds: tuple[str, ...]
    rows: Mapping[str, RowSpec] = field(default_factory=dict)
    row_lines: tuple[LineSpec, ...] = ()
    values: Mapping[str, Unit] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The fields outside the lists, in order."""
        return specs_of(self.inputs)

    @property
    def all_fields(self) -> tuple[FieldSpec, ...]:
        """The fields, then those of one row of each list."""
        return (*self.fields, *(spec for row in self.rows.values() for spec in row.fields))

    @property
    def all_lines(self) -> tuple[LineSpec, ...]:
        """The lines, then those of one row."""
        return (*self.lines, *self.row_lines)

    @property
    def units(self) -> Mapping[str, Unit]:
        """The unit of every name that a formula uses: fields, lines and found values."""
        return {
            **self.values,
            **{spec.name: spec.unit for spec in self.all_fields},
            **{spec.key: spec.unit for spec in self.all_lines},
        }

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that fields and lines stand in, each once, in order."""
        fields = (spec.group for spec in self.all_fields)
        return tuple(dict.fromkeys((*fields, *(spec.group for spec in self.all_lines))))


CALCULATORS: Final[Mapping[Calculator, Definition]] = {
    Calculator.RESHORING: Definition(
        opportunity=Opportunity.RESHORING,
        inputs=ReshoringInputs,
        # The price of the forecast is the one line that the sheet of today does not have.
        lines=(*LINES, lines_in(1)[0]),
        notices=reshoring.CODES,
        feeds=("local_cost_premium_percent",),
    ),
    Calculator.OWN_PRODUCT: Definition(
        opportunity=Opportunity.EIGEN_PRODUCTEN,
        inputs=OwnProductInputs,
        lines=own_product.LINES,
        notices=own_product.CODES,
        feeds=("break_even_share_of_market_percent",),
        outcomes=tuple(own_product.BreakEven),
    ),
    Calculator.ENCLAVE: Definition(
        opportunity=Opportunity.ENCLAVE,
        inputs=EnclaveInputs,
        lines=enclave.LINES,
        notices=enclave.CODES,
        feeds=("enclave_guides_surplus_fte", "host_share_percent"),
        values=dict.fromkeys(enclave.NORM_NAMES.values(), Unit.FTE),
        outcomes=tuple(enclave.Presence),
    ),
    Calculator.INVESTMENT: Definition(
        opportunity=Opportunity.FVDT,
        inputs=InvestmentInputs,
        lines=investment.LINES,
        notices=investment.CODES,
        feeds=("payback_years",),
        outcomes=tuple(investment.Payback),
    ),
    Calculator.PURCHASING: Definition(
        opportunity=Opportunity.SAMENWERKING,
        inputs=PurchasingInputs,
        lines=purchasing.GROUP_LINES,
        notices=purchasing.CODES,
        feeds=("joint_saving_percent",),
        rows={
            purchasing.MEMBERS: RowSpec(inputs=Member, most=purchasing.MOST_MEMBERS),
            purchasing.TIERS: RowSpec(inputs=Tier, most=purchasing.MOST_TIERS),
        },
        row_lines=purchasing.MEMBER_LINES,
        values=purchasing.FOUND,
        outcomes=tuple(purchasing.Gain),
    ),
}
