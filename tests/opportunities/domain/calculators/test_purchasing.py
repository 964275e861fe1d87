"""Joint purchasing: each member's saving by hand, and what must hold for any group."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.opportunities.domain.calculators.purchasing import (
    Gain,
    Member,
    PurchasingInputs,
    Tier,
    purchasing,
    purchasing_feeds,
    tier_at,
)
from tests.opportunities.domain.calculators.strategies import inputs_of


def member(name: str, volume: int, price: str | None) -> Member:
    return Member(
        name=name, volume=Decimal(volume), present_price=None if price is None else Decimal(price)
    )


def tier(volume: int, price: str) -> Tier:
    return Tier(from_volume=Decimal(volume), price=Decimal(price))


STEEL = PurchasingInputs(
    joint_cost=Decimal(500),
    members=(
        member("Wilg", 2000, "1.30"),
        member("Beuk", 6000, "1.10"),
        member("Eik", 2000, "1.05"),
        member("Berk", 2500, None),
    ),
    tiers=(tier(0, "1.30"), tier(5000, "1.10"), tier(12000, "1.00"), tier(20000, "0.95")),
)


def test_steel_for_four_members_by_hand() -> None:
    """Together 12500: the break from 12000, 1,00 each; 500 / 12500 = 0,04 a unit to organise."""
    result = purchasing(STEEL)
    wilg, beuk, eik, berk = result.members
    assert {key: line.value for key, line in wilg.sheet.lines.items()} == {
        "present_cost": 2600,  # 2000 × 1,30
        "together_goods": 2000,  # 2000 × 1,00
        "together_share": 80,  # 500 × 2000 / 12500
        "together_cost": 2080,
        "saving": 520,
        "saving_percent": 20,  # 520 / 2600
    }
    assert beuk.sheet.value("saving") == 6600 - 6000 - 240
    # 2100 − 2000 − 80: next to nothing, and still something.
    assert (eik.sheet.value("saving"), eik.gain) == (20, Gain.SAVES)
    assert (berk.gain, berk.sheet["saving"].missing) == (Gain.UNKNOWN, ("present_price",))
    assert berk.sheet.value("together_cost") == 2600
    assert {key: line.value for key, line in result.sheet.lines.items()} == {
        "group_volume": 12500,
        "group_price": 1,
        "total_present_cost": 11300,  # 2600 + 6600 + 2100, without Berk
        "total_together_cost": 10400,  # 2080 + 6240 + 2080
        "total_saving": 900,
        "joint_saving_percent": Fraction(9, 113) * 100,  # 900 / 11300
    }
    assert (result.tier, result.next_tier) == (STEEL.tiers[2], STEEL.tiers[3])
    assert result.to_next_tier == 7500
    assert result.unpriced == ("Berk",)
    assert result.notices == ()
    assert purchasing_feeds(result) == {"joint_saving_percent": Fraction(900, 113)}


def test_members_that_gain_nothing_or_lose_are_shown_as_they_are() -> None:
    members = (
        member("Wilg", 9000, "1.20"),
        member("Beuk", 2000, "1.00"),
        member("Eik", 1500, "0.90"),
    )
    result = purchasing(replace(STEEL, joint_cost=Decimal(0), members=members))
    assert [one.gain for one in result.members] == [Gain.SAVES, Gain.EQUAL, Gain.LOSES]
    assert result.members[2].sheet.value("saving") == -150
    assert [notice.code for notice in result.notices] == ["some_lose"]
    assert result.notices[0].figures == {"members": 1}


def test_without_the_cost_of_organising_the_goods_count_alone() -> None:
    result = purchasing(replace(STEEL, joint_cost=None))
    wilg = result.members[0].sheet
    assert wilg.value("saving") == 600
    assert wilg["together_cost"].left_out == ("together_share",)


def test_below_the_first_break_there_is_no_price() -> None:
    result = purchasing(replace(STEEL, tiers=(tier(20000, "0.95"),)))
    assert result.tier is None
    assert result.to_next_tier == 7500
    assert [notice.code for notice in result.notices] == ["below_first_tier"]
    assert {one.gain for one in result.members} == {Gain.UNKNOWN}
    assert purchasing_feeds(result) == {}


def test_an_empty_group_and_no_breaks_say_nothing() -> None:
    result = purchasing(PurchasingInputs())
    assert result.members == ()
    assert (result.tier, result.next_tier, result.to_next_tier) == (None, None, None)
    assert result.notices == ()
    assert result.sheet.value("total_saving") is None


def test_who_pays_nothing_today_has_no_percentage() -> None:
    result = purchasing(replace(STEEL, members=(member("Wilg", 100, "0"),)))
    assert result.members[0].gain is Gain.LOSES
    assert result.members[0].sheet["saving_percent"].is_impossible
    assert result.sheet["joint_saving_percent"].is_impossible


@pytest.mark.parametrize(
    ("tiers", "codes"),
    [
        ((tier(0, "1.00"), tier(0, "0.90")), ["two_prices_from_one_volume"]),
        ((tier(0, "1.00"), tier(0, "1.00")), []),
        ((tier(0, "1.00"), tier(500, "1.10")), ["dearer_from_more"]),
        ((tier(0, "1.00"), tier(500, "1.00")), []),
    ],
)
def test_odd_price_breaks_are_told(tiers, codes) -> None:
    result = purchasing(replace(STEEL, tiers=tiers, members=STEEL.members[3:]))
    assert [notice.code for notice in result.notices] == codes


def test_of_two_prices_from_one_volume_the_lower_counts() -> None:
    assert tier_at((tier(0, "1.00"), tier(0, "0.90")), Fraction(5)) == tier(0, "0.90")


members = st.lists(inputs_of(Member), max_size=5).map(tuple)
tiers = st.lists(inputs_of(Tier), max_size=5).map(tuple)
groups = inputs_of(PurchasingInputs, members=members, tiers=tiers)


def slow_price(given_tiers, volume):
    """Walk through the breaks from low to high, and keep the last that is reached."""
    price = None
    for one in sorted(given_tiers, key=lambda t: (t.from_volume, -t.price)):
        if one.from_volume <= volume:
            price = one.price
    return price


@given(groups)
def test_each_member_against_a_slow_reference(some) -> None:
    volume = sum(Fraction(one.volume) for one in some.members)
    price = slow_price(some.tiers, volume)
    result = purchasing(some)
    assert (result.tier.price if result.tier else None) == price
    total = None
    for one, found in zip(some.members, result.members, strict=True):
        if price is None or one.present_price is None:
            assert found.gain is Gain.UNKNOWN
            continue
        alone = Fraction(one.volume) * Fraction(one.present_price)
        together = Fraction(one.volume) * (
            Fraction(price) + Fraction(some.joint_cost or 0) / volume
        )
        assert found.sheet.value("saving") == alone - together
        total = (total or 0) + alone - together
    assert result.sheet.value("total_saving") == total


@given(groups, st.randoms())
def test_the_order_of_members_and_breaks_does_not_matter(some, chance) -> None:
    shuffled = replace(
        some,
        members=tuple(chance.sample(some.members, len(some.members))),
        tiers=tuple(chance.sample(some.tiers, len(some.tiers))),
    )
    before, after = purchasing(some), purchasing(shuffled)
    assert after.sheet == before.sheet
    assert (after.tier, after.next_tier) == (before.tier, before.next_tier)
    assert after.notices == before.notices

    def savings(result):
        return sorted(
            (one.member.name, one.member.volume, str(one.sheet.value("saving")))
            for one in result.members
        )

    assert savings(after) == savings(before)


@given(groups)
def test_doubling_all_prices_doubles_the_saving(some) -> None:
    double = replace(
        some,
        joint_cost=None if some.joint_cost is None else some.joint_cost * 2,
        members=tuple(
            replace(one, present_price=None if one.present_price is None else one.present_price * 2)
            for one in some.members
        ),
        tiers=tuple(replace(one, price=one.price * 2) for one in some.tiers),
    )
    before, after = purchasing(some).sheet, purchasing(double).sheet
    value = before.value("total_saving")
    assert after.value("total_saving") == (None if value is None else 2 * value)
    assert after.value("joint_saving_percent") == before.value("joint_saving_percent")


@given(groups, st.integers(0, 100))
def test_the_shares_of_the_joint_cost_add_up(some, cost) -> None:
    result = purchasing(replace(some, joint_cost=Decimal(cost)))
    shares = [one.sheet.value("together_share") for one in result.members]
    assert not shares or sum(shares) == cost


@given(groups, st.integers(1, 100))
def test_a_dearer_break_never_saves_more(some, extra) -> None:
    dearer = replace(some, tiers=tuple(replace(one, price=one.price + extra) for one in some.tiers))
    before = purchasing(some).sheet.value("total_saving")
    after = purchasing(dearer).sheet.value("total_saving")
    assert (before is None and after is None) or after < before
