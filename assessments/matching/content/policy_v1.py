"""Matching policy, version 1: radii, weights and affinities by trade.

An affinity says how well a kind of work fits a partner's trade for an opportunity, in
percent. The study gives the examples (chocolate packing, metal assembly, printing with
finishing, growing and packing organic food); the numbers are our own first estimate,
kept editable, to be corrected from feedback. The longest prefix wins, so a trade with a
longer code refines the division around it.
"""

from __future__ import annotations

from collections.abc import Iterator

from assessments.matching.content.fits_v1 import (
    EIGEN_PRODUCTEN,
    ENCLAVE,
    FVDT,
    RESHORING,
    SAMENWERKING,
    Fits,
)
from assessments.matching.content.trades import TRADES, Trade
from portal.common.vocabulary import Cell, NaceVersion, Opportunity

VERSION = 1
PERCENT = 10_000  # millionths

RADII_KM: dict[Opportunity, int] = {
    Opportunity.ENCLAVE: 25,
    Opportunity.SAMENWERKING: 40,
    Opportunity.RESHORING: 60,
    Opportunity.EIGEN_PRODUCTEN: 100,
    Opportunity.FVDT: 150,
}

FITS: dict[Opportunity, dict[Cell, Fits]] = {
    Opportunity.ENCLAVE: ENCLAVE,
    Opportunity.RESHORING: RESHORING,
    Opportunity.EIGEN_PRODUCTEN: EIGEN_PRODUCTEN,
    Opportunity.FVDT: FVDT,
    Opportunity.SAMENWERKING: SAMENWERKING,
}

# Work outside the ten cells, by the trade of its own code.
OUTSIDE: dict[Opportunity, dict[str, Fits]] = {
    Opportunity.ENCLAVE: {
        "landscaping": {"landscaping": 85, "agricultural services": 60, "crops": 40},
        "cleaning": {"cleaning": 85, "laundry": 45, "food": 25},
        "laundry": {"laundry": 90, "clothing": 40},
        "warehousing": {"warehousing": 90, "logistics services": 80, "parcels": 70},
        "logistics services": {"warehousing": 85, "logistics services": 85, "parcels": 65},
        "recovery of materials": {"recovery of materials": 90, "electronics": 35},
        "office support and mailing": {"office support and mailing": 85, "printing": 55},
        "electronics": {"electronics": 85, "electrical equipment": 80, "machines": 45},
        "electrical equipment": {"electrical equipment": 85, "electronics": 80, "machines": 50},
        "rubber and plastics": {"rubber and plastics": 85, "chemicals": 30},
    },
    Opportunity.RESHORING: {
        "electronics": {"electronics": 90, "electrical equipment": 80, "machines": 45},
        "electrical equipment": {"electrical equipment": 90, "electronics": 80},
        "rubber and plastics": {"rubber and plastics": 85, "toys and games": 55},
    },
    Opportunity.EIGEN_PRODUCTEN: {
        "recovery of materials": {"home and garden shops": 50, "furniture": 35},
        "landscaping": {"home and garden shops": 40},
    },
    Opportunity.FVDT: {
        "electronics": {"electronics": 80, "machines": 65, "software": 60, "engineering": 60},
        "warehousing": {"machines": 60, "software": 65, "engineering": 55},
        "recovery of materials": {"machines": 60, "engineering": 55, "technical research": 50},
    },
    Opportunity.SAMENWERKING: {
        "landscaping": {"sheltered work": 80, "landscaping": 75, "agricultural services": 60},
        "laundry": {"sheltered work": 80, "clothing": 35},
        "warehousing": {"sheltered work": 75, "warehousing": 70, "road freight": 70},
        "recovery of materials": {"sheltered work": 80, "recovery of materials": 75},
    },
}

AffinityRow = tuple[Opportunity, Cell | None, str, str, NaceVersion, str, int]


def affinities() -> Iterator[AffinityRow]:
    """(opportunity, cell, own version, own prefix, version, prefix, millionths), each key once.

    Own version and prefix are empty for a cell; the cell is None for work outside.
    """
    for version in (NaceVersion.NACE_2025, NaceVersion.NACE_2008):
        for opportunity, cells in FITS.items():
            for cell, fits in cells.items():
                for prefix, value in _by_prefix(fits, version):
                    yield opportunity, cell, "", "", version, prefix, value
        for opportunity, trades in OUTSIDE.items():
            for name, fits in trades.items():
                for own_version, own_prefix in _codes(TRADES[name]):
                    for prefix, value in _by_prefix(fits, version):
                        yield opportunity, None, own_version, own_prefix, version, prefix, value


def _codes(trade: Trade) -> Iterator[tuple[str, str]]:
    for version in (NaceVersion.NACE_2025, NaceVersion.NACE_2008):
        for prefix in trade.prefixes(version):
            yield version.value, prefix


def _by_prefix(fits: Fits, version: NaceVersion) -> Iterator[tuple[str, int]]:
    for name, percent in fits.items():
        for prefix in TRADES[name].prefixes(version):
            yield prefix, percent * PERCENT
