"""Scores as points, states of introductions: ``{% load matching %}``."""

from __future__ import annotations

from typing import Any

from django import template

from assessments.matching.ledger_words import state_badge
from assessments.matching.models import Introduction
from assessments.matching.words import points
from portal.common.components import localised

register = template.Library()


@register.simple_tag
def score(millionths: int) -> str:
    """Points out of a hundred with one decimal."""
    return localised(points(millionths), 1)


@register.simple_tag
def introduction_badge(introduction: Introduction) -> dict[str, Any]:
    """Tone and text for ``status_badge``."""
    return state_badge(introduction)
