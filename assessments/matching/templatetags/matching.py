"""Scores as points: ``{% load matching %}``."""

from __future__ import annotations

from django import template

from assessments.matching.words import points
from portal.common.components import localised

register = template.Library()


@register.simple_tag
def score(millionths: int) -> str:
    """Points out of a hundred with one decimal."""
    return localised(points(millionths), 1)
