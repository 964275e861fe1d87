"""Norms on guidance and recognition, by the date from which they hold.

Guides: one guide serves 7 FTE at high, 10 at middle and 13 at low guidance.
Recognition: at least 20 FTE target-group workers on yearly average, and a smallest
share of the first two categories (65 %, since 1 July 2023 55 %). Source: decree of
12 July 2013 on maatwerk, executive order of 17 February 2017 and its change of 2023,
as explained by the federation HERW!N. Administrators add later norms.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class NormEntry(NamedTuple):
    """One set of norms; FTE per guide, FTE, percent."""

    valid_from: date
    fte_per_guide_high: Decimal
    fte_per_guide_middle: Decimal
    fte_per_guide_low: Decimal
    minimum_fte: Decimal
    minimum_share: int
    source_nl: str
    source_en: str


NORMS: tuple[NormEntry, ...] = (
    NormEntry(
        date(2019, 1, 1),
        Decimal(7),
        Decimal(10),
        Decimal(13),
        Decimal(20),
        65,
        "Decreet van 12 juli 2013 en uitvoeringsbesluit van 17 februari 2017",
        "Decree of 12 July 2013 and executive order of 17 February 2017",
    ),
    NormEntry(
        date(2023, 7, 1),
        Decimal(7),
        Decimal(10),
        Decimal(13),
        Decimal(20),
        55,
        "Decreet van 12 juli 2013 en uitvoeringsbesluit van 17 februari 2017, "
        "aandeel gewijzigd op 1 juli 2023",
        "Decree of 12 July 2013 and executive order of 17 February 2017, "
        "share changed on 1 July 2023",
    ),
)
