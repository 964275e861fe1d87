"""The shipped affinities against every trap between NACE 2008 and NACE 2025, one case each.

An affinity hangs on version and code together: a partner that was recoded keeps it, and a
partner that only has the old digits does not get it.
"""

from __future__ import annotations

from functools import cache

import pytest

from assessments.matching.content import policy_v1
from portal.common.vocabulary import Cell, NaceVersion, Opportunity
from tests.register.traps import TRAPS, UNCHANGED, Trap

ROWS = list(policy_v1.affinities())
NEW, OLD = NaceVersion.NACE_2025, NaceVersion.NACE_2008
Affinities = dict[tuple[Opportunity, Cell], int]


@cache
def _of(version: NaceVersion, code: str) -> tuple[tuple[tuple[Opportunity, Cell], int], ...]:
    best: dict[tuple[Opportunity, Cell], tuple[int, int]] = {}
    for opportunity, cell, _, _, listed, prefix, value in ROWS:
        if cell is not None and listed is version and code.startswith(prefix):
            key = opportunity, cell
            best[key] = max(best.get(key, (0, 0)), (len(prefix), value))
    return tuple((key, value) for key, (_, value) in sorted(best.items()))


def affinities(version: NaceVersion, code: str) -> Affinities:
    """Millionths by opportunity and cell; the longest prefix wins."""
    return dict(_of(version, code))


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_a_recoded_partner_keeps_its_affinities(trap: Trap) -> None:
    before = affinities(OLD, trap.in_2008)
    assert before
    for code in trap.in_2025:
        assert affinities(NEW, code) == before, code


@pytest.mark.parametrize(
    "trap", [pytest.param(one, id=name) for name, one in TRAPS.items() if one.other_in_2025]
)
def test_the_old_digits_do_not_bring_the_affinities_along(trap: Trap) -> None:
    trade, other = affinities(OLD, trap.in_2008), affinities(NEW, trap.other_in_2025)
    assert other != trade
    assert trade.items() - other.items()


@pytest.mark.parametrize(
    "trap", [pytest.param(one, id=name) for name, one in TRAPS.items() if one.other_in_2008]
)
def test_the_new_digits_did_not_have_the_affinities_before(trap: Trap) -> None:
    trade, other = affinities(NEW, trap.in_2025[0]), affinities(OLD, trap.other_in_2008)
    assert trade.items() - other.items()


def test_locks_and_hinges_are_metal_but_not_machining() -> None:
    enclave = Opportunity.ENCLAVE, Cell.MAAK_METAAL
    machining, locks = affinities(NEW, "25530"), affinities(NEW, "25620")
    assert machining[enclave] > locks[enclave] > 0
    assert locks == affinities(NEW, "25000")  # as any product of metal


def test_landfill_car_parts_and_disposal_fit_nothing() -> None:
    assert affinities(NEW, "38320") == {}
    assert affinities(NEW, "46720") == {}
    assert affinities(OLD, "38210") == {}


@pytest.mark.parametrize("code", UNCHANGED)
def test_a_code_that_did_not_change_has_the_same_affinities(code: str) -> None:
    assert affinities(NEW, code) == affinities(OLD, code) != {}
