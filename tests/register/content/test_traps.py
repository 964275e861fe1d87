"""The watch list against every trap between NACE 2008 and NACE 2025, one case each."""

from __future__ import annotations

import pytest

from companies.register.content.watch_list import watched
from portal.common.vocabulary import NaceVersion, Opportunity
from tests.register.traps import TRAPS, UNCHANGED, Trap

ROWS = list(watched())
NEW, OLD = NaceVersion.NACE_2025, NaceVersion.NACE_2008
SPECIFIC = 3
"""A prefix of so many digits names a trade; a shorter one names a whole division."""


def opportunities(version: NaceVersion, code: str) -> set[Opportunity]:
    """For which opportunities the code is watched."""
    return {o for v, prefix, o in ROWS if v is version and code.startswith(prefix)}


def named(version: NaceVersion, code: str) -> set[Opportunity]:
    """As above, by a prefix that names the trade."""
    return {
        o
        for v, prefix, o in ROWS
        if v is version and len(prefix) >= SPECIFIC and code.startswith(prefix)
    }


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_a_trade_is_watched_for_the_same_opportunities_under_its_new_code(trap: Trap) -> None:
    before = opportunities(OLD, trap.in_2008)
    assert before
    for code in trap.in_2025:
        assert opportunities(NEW, code) == before, code


@pytest.mark.parametrize(
    "trap", [pytest.param(one, id=name) for name, one in TRAPS.items() if one.other_in_2025]
)
def test_the_old_digits_no_longer_name_the_trade(trap: Trap) -> None:
    assert not named(NEW, trap.other_in_2025)


@pytest.mark.parametrize(
    "trap", [pytest.param(one, id=name) for name, one in TRAPS.items() if one.other_in_2008]
)
def test_the_new_digits_did_not_name_the_trade_before(trap: Trap) -> None:
    assert not named(OLD, trap.other_in_2008)


def test_landfill_and_disposal_are_watched_for_nothing() -> None:
    assert opportunities(NEW, "38320") == opportunities(OLD, "38210") == set()


@pytest.mark.parametrize("code", UNCHANGED)
def test_a_code_that_did_not_change_is_watched_alike(code: str) -> None:
    assert opportunities(NEW, code) == opportunities(OLD, code) != set()
