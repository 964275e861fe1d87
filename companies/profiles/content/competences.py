"""The first list of competences and certificates; administrators edit it afterwards."""

from __future__ import annotations

from typing import NamedTuple


class CompetenceEntry(NamedTuple):
    """One entry of the list; a certificate is proof by a third party."""

    slug: str
    name_nl: str
    name_en: str
    is_certificate: bool


COMPETENCES: tuple[CompetenceEntry, ...] = (
    CompetenceEntry("haccp", "HACCP (voedselveiligheid)", "HACCP (food safety)", True),
    CompetenceEntry("brc", "BRCGS Food of Packaging", "BRCGS Food or Packaging", True),
    CompetenceEntry("ifs", "IFS Food of Logistics", "IFS Food or Logistics", True),
    CompetenceEntry(
        "fssc-22000", "FSSC 22000 (voedselveiligheid)", "FSSC 22000 (food safety)", True
    ),
    CompetenceEntry("iso-9001", "ISO 9001 (kwaliteit)", "ISO 9001 (quality)", True),
    CompetenceEntry(
        "iso-13485", "ISO 13485 (medische hulpmiddelen)", "ISO 13485 (medical devices)", True
    ),
    CompetenceEntry("iso-14001", "ISO 14001 (milieu)", "ISO 14001 (environment)", True),
    CompetenceEntry("iso-45001", "ISO 45001 (veilig werken)", "ISO 45001 (safety at work)", True),
    CompetenceEntry("vca", "VCA (veilig werken bij klanten)", "VCA (safe work at customers)", True),
    CompetenceEntry("bio", "Bio (biologische productie)", "Organic production", True),
    CompetenceEntry(
        "fsc-pefc",
        "FSC of PEFC (duurzaam hout en papier)",
        "FSC or PEFC (sustainable wood and paper)",
        True,
    ),
    CompetenceEntry("gmp", "GMP (farma en cosmetica)", "GMP (pharma and cosmetics)", True),
    CompetenceEntry("cleanroom", "Werken in een cleanroom", "Work in a clean room", False),
    CompetenceEntry("assemblage", "Assemblage", "Assembly", False),
    CompetenceEntry("lassen", "Lassen", "Welding", False),
    CompetenceEntry("cnc", "CNC-bewerking", "CNC machining", False),
    CompetenceEntry(
        "elektro-assemblage",
        "Kabelwerk en elektro-assemblage",
        "Wiring and electrical assembly",
        False,
    ),
    CompetenceEntry("kwaliteitscontrole", "Kwaliteitscontrole", "Quality control", False),
    CompetenceEntry("fijne-handenarbeid", "Fijne handenarbeid", "Fine manual work", False),
    CompetenceEntry(
        "ompakken", "Ompakken en displays bouwen", "Repacking and building displays", False
    ),
    CompetenceEntry(
        "just-in-time", "Planning voor just-in-time", "Planning for just-in-time", False
    ),
    CompetenceEntry("confectie", "Confectie en stikwerk", "Sewing and garment making", False),
    CompetenceEntry(
        "digitaal-drukken", "Digitaal drukken en afwerken", "Digital printing and finishing", False
    ),
    CompetenceEntry("houtbewerking", "Houtbewerking", "Woodworking", False),
    CompetenceEntry(
        "groenwerk", "Groenwerk en tuinbouw", "Green maintenance and horticulture", False
    ),
    CompetenceEntry("verkoop-marketing", "Verkoop en marketing", "Sales and marketing", False),
    CompetenceEntry("productontwikkeling", "Productontwikkeling", "Product development", False),
)
