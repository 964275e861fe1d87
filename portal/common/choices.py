"""Labels of the shared vocabulary, for model fields and forms."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.common.vocabulary import (
    Cell,
    Criterion,
    GuidanceLevel,
    NaceVersion,
    Opportunity,
    Province,
    Sector,
    TargetGroup,
    ValueChainStep,
    Verdict,
)

# Lazy strings; typed loosely because Django's stubs differ between field kinds.
Choices = list[tuple[str, Any]]


def choices(labels: Mapping[Any, Any]) -> Choices:
    """Choices for a model field, in the order of ``labels``; values are plain strings."""
    return [(str(member.value), label) for member, label in labels.items()]


PROVINCE_LABELS: dict[StrEnum, Any] = {
    Province.ANTWERPEN: _("Antwerp"),
    Province.LIMBURG: _("Limburg"),
    Province.OOST_VLAANDEREN: _("East Flanders"),
    Province.VLAAMS_BRABANT: _("Flemish Brabant"),
    Province.WEST_VLAANDEREN: _("West Flanders"),
    Province.BRUSSEL: _("Brussels"),
    Province.WAALS_BRABANT: _("Walloon Brabant"),
    Province.HENEGOUWEN: _("Hainaut"),
    Province.LUIK: _("Liège"),
    Province.LUXEMBURG: _("Luxembourg"),
    Province.NAMEN: _("Namur"),
}
STEP_LABELS: dict[StrEnum, Any] = {
    ValueChainStep.GRONDSTOFFEN: _("Raw materials and production"),
    ValueChainStep.MAAK: _("Making"),
    ValueChainStep.HANDLING: _("Handling"),
}
SECTOR_LABELS: dict[StrEnum, Any] = {
    Sector.LANDBOUW: _("agriculture"),
    Sector.VOEDING: _("food"),
    Sector.TEXTIEL: _("textile"),
    Sector.METAAL: _("metal"),
    Sector.HOUT: _("wood"),
    Sector.DRUKKERIJ: _("printing"),
    Sector.VERPAKKING: _("packaging"),
}
CELL_LABELS: dict[StrEnum, Any] = {
    Cell.GRONDSTOFFEN_LANDBOUW: _("Raw materials: agriculture"),
    Cell.GRONDSTOFFEN_VOEDING: _("Raw materials: food"),
    Cell.GRONDSTOFFEN_TEXTIEL: _("Raw materials: textile"),
    Cell.MAAK_METAAL: _("Making: metal"),
    Cell.MAAK_HOUT: _("Making: wood"),
    Cell.MAAK_TEXTIEL: _("Making: textile"),
    Cell.MAAK_DRUKKERIJ: _("Making: printing"),
    Cell.HANDLING_VERPAKKING: _("Handling: packaging"),
    Cell.HANDLING_VOEDING: _("Handling: food"),
    Cell.HANDLING_TEXTIEL: _("Handling: textile"),
}
OPPORTUNITY_LABELS: dict[StrEnum, Any] = {
    Opportunity.RESHORING: _("Reshoring"),
    Opportunity.FVDT: _("Factories of the future"),
    Opportunity.EIGEN_PRODUCTEN: _("Own products"),
    Opportunity.SAMENWERKING: _("Partnerships"),
    Opportunity.ENCLAVE: _("Enclave work"),
}
CRITERION_LABELS: dict[StrEnum, Any] = {
    Criterion.VRAAG: _("Demand from the market"),
    Criterion.INVESTERING: _("Investment needed"),
    Criterion.FIT: _("Fit with competences"),
    Criterion.LOKAAL: _("Local tie"),
}
VERDICT_LABELS: dict[StrEnum, Any] = {
    Verdict.HOOG: _("High"),
    Verdict.GEMIDDELD: _("Medium"),
    Verdict.LAAG: _("Low"),
    Verdict.ONVOLLEDIG: _("Incomplete"),
}
TARGET_GROUP_LABELS: dict[StrEnum, Any] = {
    TargetGroup.ARBEIDSHANDICAP: _("Persons with a work disability"),
    TargetGroup.PSYCHOSOCIAAL: _("Persons with a psychosocial work limitation"),
    TargetGroup.UITERST_KWETSBAAR: _("Extremely vulnerable persons"),
}
GUIDANCE_LABELS: dict[StrEnum, Any] = {
    GuidanceLevel.HOOG: _("High guidance"),
    GuidanceLevel.MIDDEN: _("Middle guidance"),
    GuidanceLevel.LAAG: _("Low guidance"),
}
NACE_VERSION_LABELS: dict[StrEnum, Any] = {
    NaceVersion.NACE_2025: "NACE 2025",
    NaceVersion.NACE_2008: "NACE 2008",
    NaceVersion.NACE_2003: "NACE 2003",
}

PROVINCE_CHOICES = choices(PROVINCE_LABELS)
CELL_CHOICES = choices(CELL_LABELS)
OPPORTUNITY_CHOICES = choices(OPPORTUNITY_LABELS)
CRITERION_CHOICES = choices(CRITERION_LABELS)
VERDICT_CHOICES = choices(VERDICT_LABELS)
TARGET_GROUP_CHOICES = choices(TARGET_GROUP_LABELS)
GUIDANCE_CHOICES = choices(GUIDANCE_LABELS)
NACE_VERSION_CHOICES = choices(NACE_VERSION_LABELS)
