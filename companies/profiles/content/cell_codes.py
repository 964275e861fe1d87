"""Beginnings of NACE codes (2008 and 2025 alike) that fit the sectors of the study.

Only to propose a code that the register already has for the company.
"""

from __future__ import annotations

from portal.common.vocabulary import NaceVersion, Sector

ALIKE = (NaceVersion.NACE_2025.value, NaceVersion.NACE_2008.value)
SECTOR_PREFIXES: dict[Sector, tuple[str, ...]] = {
    Sector.LANDBOUW: ("01", "813"),
    Sector.VOEDING: ("10", "11"),
    Sector.TEXTIEL: ("13", "14"),
    Sector.METAAL: ("24", "25", "28"),
    Sector.HOUT: ("16", "31"),
    Sector.DRUKKERIJ: ("18",),
    Sector.VERPAKKING: ("8292",),
}
