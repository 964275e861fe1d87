"""The shipped policy: covered by the watch list, each key once, traps minded."""

from __future__ import annotations

from collections import Counter

from assessments.matching.content import policy_v1
from assessments.matching.content.trades import TRADES
from companies.register.content.watch_list import watched
from portal.common.vocabulary import Cell, NaceVersion, Opportunity

ROWS = list(policy_v1.affinities())


def value_of(opportunity: Opportunity, cell: Cell, version: NaceVersion, code: str) -> int:
    """Longest prefix wins."""
    fitting = [
        (len(prefix), value)
        for o, c, _, _, v, prefix, value in ROWS
        if (o, c, v) == (opportunity, cell, version) and code.startswith(prefix)
    ]
    return max(fitting)[1] if fitting else 0


def test_each_affinity_is_given_once() -> None:
    assert not [key for key, count in Counter(row[:6] for row in ROWS).items() if count > 1]


def test_every_code_with_affinity_is_watched() -> None:
    seen: dict[tuple[Opportunity, NaceVersion], set[str]] = {}
    for version, prefix, opportunity in watched():
        seen.setdefault((opportunity, version), set()).add(prefix)
    unwatched = {
        (opportunity.value, version.value, prefix)
        for opportunity, _, _, _, version, prefix, _ in ROWS
        if not any(prefix.startswith(known) for known in seen.get((opportunity, version), ()))
    }
    assert not unwatched


def test_every_opportunity_and_cell_has_partners_in_both_versions() -> None:
    for opportunity in Opportunity:
        for cell in Cell:
            for version in (NaceVersion.NACE_2025, NaceVersion.NACE_2008):
                assert any(
                    row[0] == opportunity and row[1] == cell and row[4] == version for row in ROWS
                )


def test_the_same_digits_are_another_trade_in_another_version() -> None:
    metal, enclave = Cell.MAAK_METAAL, Opportunity.ENCLAVE
    new, old = NaceVersion.NACE_2025, NaceVersion.NACE_2008
    # Machining was 25.62; 25.62 is now locks and hinges, which is metal but not machining.
    machining = value_of(enclave, metal, new, "25530")
    assert machining == value_of(enclave, metal, old, "25620") == 800_000
    assert value_of(enclave, metal, new, "25620") < machining
    # Recovery of sorted materials was 38.32; that is landfill now.
    textile = Cell.GRONDSTOFFEN_TEXTIEL
    assert value_of(enclave, textile, old, "38320") == value_of(enclave, textile, new, "38211") > 0
    assert value_of(enclave, textile, new, "38320") == 0


def test_the_studys_example_is_first_of_its_kind() -> None:
    """Chocolate packing (Ryhove) fits better than a metal founder, and than food at large."""
    packing, new = Cell.HANDLING_VERPAKKING, NaceVersion.NACE_2025
    chocolate = value_of(Opportunity.ENCLAVE, packing, new, "10820")
    assert chocolate > value_of(Opportunity.ENCLAVE, packing, new, "10110")
    assert chocolate > value_of(Opportunity.ENCLAVE, packing, new, "24510")


def test_every_trade_is_used() -> None:
    used = {name for cells in policy_v1.FITS.values() for fits in cells.values() for name in fits}
    for trades in policy_v1.OUTSIDE.values():
        used |= set(trades) | {name for fits in trades.values() for name in fits}
    assert used == set(TRADES)


def test_the_default_radii_are_those_of_the_design() -> None:
    assert {opportunity.value: km for opportunity, km in policy_v1.RADII_KM.items()} == {
        "enclave": 25,
        "samenwerking": 40,
        "reshoring": 60,
        "eigen_producten": 100,
        "fvdt": 150,
    }
