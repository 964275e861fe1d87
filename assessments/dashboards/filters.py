"""Filters of the lists of the government dashboard; they live in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.opportunities.models import Assessment
from assessments.opportunities.selectors import with_counted_verdict
from companies.profiles.enums import VerificationStatus
from companies.profiles.models import Company
from portal.common.choices import (
    CELL_CHOICES,
    OPPORTUNITY_CHOICES,
    PROVINCE_CHOICES,
    VERDICT_CHOICES,
)
from portal.common.text import name_key


class CompanyFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Companies by name or number, place, verification, activity and verdict."""

    q = django_filters.CharFilter(label=_("Name or number"), method="by_name_or_number")
    province = django_filters.ChoiceFilter(
        label=_("Province"), choices=PROVINCE_CHOICES, empty_label=_("All")
    )
    status = django_filters.ChoiceFilter(
        label=_("Verification"), choices=VerificationStatus.choices, empty_label=_("All")
    )
    cell = django_filters.ChoiceFilter(
        label=_("Activity"), choices=CELL_CHOICES, method="by_cell", empty_label=_("All")
    )
    opportunity = django_filters.ChoiceFilter(
        label=_("Opportunity"),
        choices=OPPORTUNITY_CHOICES,
        method="by_opportunity",
        empty_label=_("All"),
    )
    verdict = django_filters.ChoiceFilter(
        label=_("Verdict"), choices=VERDICT_CHOICES, method="by_verdict", empty_label=_("All")
    )

    class Meta:
        model = Company
        fields: tuple[str, ...] = ()

    def by_name_or_number(
        self, queryset: QuerySet[Company], name: str, value: str
    ) -> QuerySet[Company]:
        """Part of the name, accents and case ignored, or the beginning of the number."""
        digits = "".join(char for char in value if char.isdigit())
        match = Q(name_key__contains=name_key(value))
        if digits:
            match |= Q(enterprise_number__startswith=digits)
        return queryset.filter(match)

    def by_cell(self, queryset: QuerySet[Company], name: str, value: str) -> QuerySet[Company]:
        """Companies with this activity."""
        return queryset.filter(activities__cell=value)

    def by_opportunity(
        self, queryset: QuerySet[Company], name: str, value: str
    ) -> QuerySet[Company]:
        """With a verdict chosen as well: companies with that verdict for this opportunity."""
        return queryset.filter(pk__in=self._assessed(opportunity=value).values("company_id"))

    def by_verdict(self, queryset: QuerySet[Company], name: str, value: str) -> QuerySet[Company]:
        """Companies with this verdict for the chosen opportunity, or for any of them."""
        return queryset.filter(pk__in=self._assessed(verdict=value).values("company_id"))

    def _assessed(self, **fields: Any) -> QuerySet[Assessment]:
        chosen = {
            key: self.form.cleaned_data.get(key)
            for key in ("opportunity", "verdict")
            if self.form.cleaned_data.get(key)
        }
        wanted = {**chosen, **fields}
        # An adviser's verdict counts while it is in force.
        if "verdict" in wanted:
            wanted["counted"] = wanted.pop("verdict")
        return with_counted_verdict(Assessment.objects.filter(is_current=True)).filter(**wanted)
