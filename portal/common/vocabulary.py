"""The words that several rooms share, as plain enumerations without Django.

Pure on purpose: domain code imports this module. Labels in Dutch and English
stand in ``portal.common.choices``. Sources: sector study "Industriële noden"
(2018), chapters on the value chain and on the five opportunities.
"""

from __future__ import annotations

from enum import StrEnum


class Province(StrEnum):
    """Belgian provinces, with Brussels as the eleventh area; Flemish ones first."""

    ANTWERPEN = "antwerpen"
    LIMBURG = "limburg"
    OOST_VLAANDEREN = "oost-vlaanderen"
    VLAAMS_BRABANT = "vlaams-brabant"
    WEST_VLAANDEREN = "west-vlaanderen"
    BRUSSEL = "brussel"
    WAALS_BRABANT = "waals-brabant"
    HENEGOUWEN = "henegouwen"
    LUIK = "luik"
    LUXEMBURG = "luxemburg"
    NAMEN = "namen"


FLEMISH_PROVINCES: tuple[Province, ...] = (
    Province.ANTWERPEN,
    Province.LIMBURG,
    Province.OOST_VLAANDEREN,
    Province.VLAAMS_BRABANT,
    Province.WEST_VLAANDEREN,
)


class ValueChainStep(StrEnum):
    """The three steps of the value chain that the study looks at."""

    GRONDSTOFFEN = "grondstoffen"
    MAAK = "maak"
    HANDLING = "handling"


class Sector(StrEnum):
    """The seven sectors of the study; some stand in more than one step."""

    LANDBOUW = "landbouw"
    VOEDING = "voeding"
    TEXTIEL = "textiel"
    METAAL = "metaal"
    HOUT = "hout"
    DRUKKERIJ = "drukkerij"
    VERPAKKING = "verpakking"


class Cell(StrEnum):
    """The ten valid (step, sector) cells of the study; sector alone is no key."""

    GRONDSTOFFEN_LANDBOUW = "grondstoffen-landbouw"
    GRONDSTOFFEN_VOEDING = "grondstoffen-voeding"
    GRONDSTOFFEN_TEXTIEL = "grondstoffen-textiel"
    MAAK_METAAL = "maak-metaal"
    MAAK_HOUT = "maak-hout"
    MAAK_TEXTIEL = "maak-textiel"
    MAAK_DRUKKERIJ = "maak-drukkerij"
    HANDLING_VERPAKKING = "handling-verpakking"
    HANDLING_VOEDING = "handling-voeding"
    HANDLING_TEXTIEL = "handling-textiel"

    @property
    def step(self) -> ValueChainStep:
        """The step of the value chain that this cell belongs to."""
        return ValueChainStep(self.value.split("-")[0])

    @property
    def sector(self) -> Sector:
        """The sector that this cell belongs to."""
        return Sector(self.value.split("-")[1])


class Opportunity(StrEnum):
    """The five ways to stay relevant that the study found."""

    RESHORING = "reshoring"
    FVDT = "fvdt"
    EIGEN_PRODUCTEN = "eigen_producten"
    SAMENWERKING = "samenwerking"
    ENCLAVE = "enclave"


class Criterion(StrEnum):
    """The four criteria that decide the potential of an opportunity."""

    VRAAG = "vraag"
    INVESTERING = "investering"
    FIT = "fit"
    LOKAAL = "lokaal"


class Verdict(StrEnum):
    """Outcome of an assessment, from the best to the one that cannot be given yet."""

    HOOG = "hoog"
    GEMIDDELD = "gemiddeld"
    LAAG = "laag"
    ONVOLLEDIG = "onvolledig"


class TargetGroup(StrEnum):
    """Target-group categories of the decree (study, chapter on target groups)."""

    ARBEIDSHANDICAP = "arbeidshandicap"
    PSYCHOSOCIAAL = "psychosociaal"
    UITERST_KWETSBAAR = "uiterst_kwetsbaar"


class GuidanceLevel(StrEnum):
    """Begeleidingsgraad: how much guidance a target-group worker needs."""

    HOOG = "hoog"
    MIDDEN = "midden"
    LAAG = "laag"


class NaceVersion(StrEnum):
    """The versions of the activity code list that KBO Open Data carries.

    The same digits can mean another trade in another version: the key of an
    activity code is always (version, code).
    """

    NACE_2003 = "2003"
    NACE_2008 = "2008"
    NACE_2025 = "2025"
