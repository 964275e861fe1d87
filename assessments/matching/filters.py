"""Filters of the list of matches."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.matching.models import Match
from portal.common.choices import OPPORTUNITY_CHOICES, PROVINCE_CHOICES

METRES = 1000


class MatchFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Opportunity, province of the partner, proposals only, and largest distance."""

    opportunity = django_filters.ChoiceFilter(
        label=_("Opportunity"), choices=OPPORTUNITY_CHOICES, empty_label=_("All opportunities")
    )
    province = django_filters.ChoiceFilter(
        field_name="establishment__province",
        label=_("Province of the partner"),
        choices=PROVINCE_CHOICES,
        empty_label=_("All provinces"),
    )
    max_km = django_filters.NumberFilter(
        method="filter_distance",
        label=_("At most this far (km)"),
        min_value=0,
        max_value=500,
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )
    proposed = django_filters.BooleanFilter(
        method="filter_proposed", label=_("Proposals only"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Match
        fields: list[str] = []

    def filter_distance(self, rows: QuerySet[Match], name: str, value: Any) -> QuerySet[Match]:
        """Kilometres against whole metres."""
        del name
        return rows.filter(distance_m__lte=value * METRES)

    def filter_proposed(
        self, rows: QuerySet[Match], name: str, value: bool | None
    ) -> QuerySet[Match]:
        """A box that is not ticked filters nothing."""
        del name
        return rows.filter(proposed=True) if value else rows
