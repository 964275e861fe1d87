"""Joint purchasing: what each member saves when all buy together.

Source: the study (2018, cooperation; recommendation on joint purchasing). A price break
counts for the whole order: all units cost the price of the highest break that the
volume reaches. Cost of organising it together is shared in proportion to volume.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

from assessments.opportunities.domain.calculators.figures import Unit, number, text, values_of
from assessments.opportunities.domain.calculators.formula import Formula, Ref
from assessments.opportunities.domain.calculators.functions import known_of
from assessments.opportunities.domain.calculators.sheet import (
    LineSpec,
    Notice,
    Severity,
    Sheet,
    Source,
    calculate,
)

GROUP: Final = "group"
MEMBERS: Final = "members"
TIERS: Final = "tiers"
RESULT: Final = "result"

UNIT_COST: Final = 1_000_000
VOLUME: Final = 1_000_000_000
MOST_MEMBERS: Final = 50
MOST_TIERS: Final = 20

BELOW_FIRST_TIER: Final = "below_first_tier"
TWO_PRICES_FROM_ONE_VOLUME: Final = "two_prices_from_one_volume"
DEARER_FROM_MORE: Final = "dearer_from_more"
SOME_LOSE: Final = "some_lose"
CODES: Final = (BELOW_FIRST_TIER, TWO_PRICES_FROM_ONE_VOLUME, DEARER_FROM_MORE, SOME_LOSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One buyer with its yearly volume, and the price that it pays today."""

    name: str = field(metadata=text(MEMBERS, 100))
    volume: Decimal = field(
        metadata=number(MEMBERS, Unit.UNITS_PER_YEAR, VOLUME, minimum="0.001", decimals=3)
    )
    present_price: Decimal | None = field(
        default=None, metadata=number(MEMBERS, Unit.EUR_PER_UNIT, UNIT_COST, decimals=4)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """The price of every unit once an order reaches ``from_volume`` a year."""

    from_volume: Decimal = field(metadata=number(TIERS, Unit.UNITS_PER_YEAR, VOLUME, decimals=3))
    price: Decimal = field(metadata=number(TIERS, Unit.EUR_PER_UNIT, UNIT_COST, decimals=4))


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchasingInputs:
    """What is bought together; ``joint_cost`` is what organising it costs a year."""

    joint_cost: Decimal | None = field(
        default=None, metadata=number(GROUP, Unit.EUR_PER_YEAR, 100_000_000)
    )
    members: tuple[Member, ...] = ()
    tiers: tuple[Tier, ...] = ()


class Gain(StrEnum):
    """What joining means for one member."""

    SAVES = "saves"
    EQUAL = "equal"
    LOSES = "loses"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberResult:
    """One member: its sheet per year, and whether it gains."""

    member: Member
    sheet: Sheet
    gain: Gain


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchasingResult:
    """The group, each member in the given order, and the next price break.

    ``tier`` is the break that the joint volume reaches, None below the first.
    ``to_next_tier`` is the volume still lacking to the next one. ``unpriced`` names the
    members without a present price, who are left out of the saving.
    """

    sheet: Sheet
    members: tuple[MemberResult, ...]
    tier: Tier | None
    next_tier: Tier | None
    to_next_tier: Fraction | None
    unpriced: tuple[str, ...]
    notices: tuple[Notice, ...]


def _line(key: str, group: str, unit: Unit, formula: Formula) -> LineSpec:
    return LineSpec(key=key, group=group, unit=unit, formula=formula)


_PER_YEAR: Final = Unit.EUR_PER_YEAR
# ``joint_price`` and ``joint_volume`` are found from tiers and members, not filled in.
MEMBER_LINES: Final = (
    _line("present_cost", MEMBERS, _PER_YEAR, Ref("volume") * Ref("present_price")),
    _line("together_goods", MEMBERS, _PER_YEAR, Ref("volume") * Ref("joint_price")),
    _line(
        "together_share",
        MEMBERS,
        _PER_YEAR,
        Ref("joint_cost") * Ref("volume") / Ref("joint_volume"),
    ),
    _line(
        "together_cost", MEMBERS, _PER_YEAR, known_of("together_goods", "together_share", needs=1)
    ),
    _line("saving", MEMBERS, _PER_YEAR, Ref("present_cost") - Ref("together_cost")),
    _line("saving_percent", MEMBERS, Unit.PERCENT, Ref("saving") / Ref("present_cost") * 100),
)
# The names in the sums are those of the members' lines, added up over the members with
# a present price.
GROUP_LINES: Final = (
    _line("group_volume", RESULT, Unit.UNITS_PER_YEAR, Ref("joint_volume")),
    _line("group_price", RESULT, Unit.EUR_PER_UNIT, Ref("joint_price")),
    _line("total_present_cost", RESULT, _PER_YEAR, Ref("sum_present_cost")),
    _line("total_together_cost", RESULT, _PER_YEAR, Ref("sum_together_cost")),
    _line(
        "total_saving", RESULT, _PER_YEAR, Ref("total_present_cost") - Ref("total_together_cost")
    ),
    _line(
        "joint_saving_percent",
        RESULT,
        Unit.PERCENT,
        Ref("total_saving") / Ref("total_present_cost") * 100,
    ),
)
FOUND: Final = {
    "joint_volume": Unit.UNITS_PER_YEAR,
    "joint_price": Unit.EUR_PER_UNIT,
    "sum_present_cost": _PER_YEAR,
    "sum_together_cost": _PER_YEAR,
}


def purchasing(inputs: PurchasingInputs) -> PurchasingResult:
    """The whole calculation; neither the order of members nor that of tiers matters."""
    volume = sum((Fraction(member.volume) for member in inputs.members), Fraction(0))
    tier, next_tier = tier_at(inputs.tiers, volume), _next_tier(inputs.tiers, volume)
    shared: dict[str, Fraction | None] = {
        **values_of(inputs),
        "joint_volume": volume,
        "joint_price": None if tier is None else Fraction(tier.price),
    }
    members = tuple(_member(member, shared) for member in inputs.members)
    sums = {f"sum_{key}": _sum(members, key) for key in ("present_cost", "together_cost")}
    return PurchasingResult(
        sheet=calculate(GROUP_LINES, {**shared, **sums}),
        members=members,
        tier=tier,
        next_tier=next_tier,
        to_next_tier=None if next_tier is None else Fraction(next_tier.from_volume) - volume,
        unpriced=tuple(member.name for member in inputs.members if member.present_price is None),
        notices=_notices(inputs, members, tier, volume),
    )


def purchasing_feeds(result: PurchasingResult) -> Mapping[str, Fraction]:
    """``joint_saving_percent`` of what the members pay today; negative when they lose."""
    saving = result.sheet.value("joint_saving_percent")
    return {} if saving is None else {"joint_saving_percent": saving}


def tier_at(tiers: Sequence[Tier], volume: Fraction) -> Tier | None:
    """The highest break that the volume reaches; the cheaper of two from one volume."""
    reached = [tier for tier in tiers if tier.from_volume <= volume]
    return max(reached, key=lambda tier: (tier.from_volume, -tier.price), default=None)


def _next_tier(tiers: Sequence[Tier], volume: Fraction) -> Tier | None:
    ahead = [tier for tier in tiers if tier.from_volume > volume]
    return min(ahead, key=lambda tier: (tier.from_volume, tier.price), default=None)


def _member(member: Member, shared: Mapping[str, Fraction | None]) -> MemberResult:
    sheet = calculate(MEMBER_LINES, {**shared, **values_of(member)})
    return MemberResult(member=member, sheet=sheet, gain=_gain(sheet.value("saving")))


def _gain(saving: Fraction | None) -> Gain:
    if saving is None:
        return Gain.UNKNOWN
    if saving == 0:
        return Gain.EQUAL
    return Gain.SAVES if saving > 0 else Gain.LOSES


def _sum(members: Sequence[MemberResult], key: str) -> Fraction | None:
    """Over the members whose saving is known; None when there is none."""
    values = [one.sheet.value(key) for one in members if one.sheet.value("saving") is not None]
    return sum((value for value in values if value is not None), Fraction(0)) if values else None


def _notices(
    inputs: PurchasingInputs,
    members: Sequence[MemberResult],
    tier: Tier | None,
    volume: Fraction,
) -> tuple[Notice, ...]:
    found = []
    if inputs.tiers and tier is None:
        first = min(Fraction(one.from_volume) for one in inputs.tiers)
        found.append(_warning(BELOW_FIRST_TIER, joint_volume=volume, from_volume=first))
    ordered = sorted(inputs.tiers, key=lambda one: (one.from_volume, one.price))
    for lower, higher in pairwise(ordered):
        where = Fraction(higher.from_volume)
        if lower.from_volume == higher.from_volume and lower.price != higher.price:
            found.append(_warning(TWO_PRICES_FROM_ONE_VOLUME, from_volume=where))
        elif lower.price < higher.price:
            found.append(_warning(DEARER_FROM_MORE, from_volume=where))
    losing = sum(1 for one in members if one.gain is Gain.LOSES)
    if losing:
        found.append(_warning(SOME_LOSE, members=Fraction(losing)))
    return tuple(found)


def _warning(code: str, **figures: Fraction) -> Notice:
    return Notice(code=code, severity=Severity.WARNING, source=Source.ARITHMETIC, figures=figures)
