"""Filters of the list of partners; they live in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.partners.models import Partner, PartnerNeed
from companies.partners.selectors import named
from companies.profiles.enums import VerificationStatus
from portal.common.choices import OPPORTUNITY_CHOICES, PROVINCE_CHOICES

WITH, WITHOUT = "with", "without"


class PartnerFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Partners by name, place, and what they seek today."""

    q = django_filters.CharFilter(label=_("Name"), method="by_name", max_length=100)
    opportunity = django_filters.ChoiceFilter(
        label=_("Opportunity"),
        choices=OPPORTUNITY_CHOICES,
        method="by_opportunity",
        empty_label=_("All"),
    )
    province = django_filters.ChoiceFilter(
        label=_("Province"),
        choices=PROVINCE_CHOICES,
        field_name="establishment__province",
        empty_label=_("All"),
    )

    class Meta:
        model = Partner
        fields: tuple[str, ...] = ()

    def by_name(self, queryset: QuerySet[Partner], name: str, value: str) -> QuerySet[Partner]:
        """Every word stands in the name."""
        return named(queryset, value)

    def by_opportunity(
        self, queryset: QuerySet[Partner], name: str, value: str
    ) -> QuerySet[Partner]:
        """Seeks something for this opportunity today."""
        return queryset.filter(Exists(_sought().filter(opportunity=value)))


class StaffPartnerFilter(PartnerFilter):
    """As for companies, and by whether an adviser has to look or anything is sought."""

    needs = django_filters.ChoiceFilter(
        label=_("Open needs"),
        choices=[(WITH, _("With an open need")), (WITHOUT, _("Without an open need"))],
        method="by_needs",
        empty_label=_("All"),
    )
    status = django_filters.ChoiceFilter(
        label=_("Verification"), choices=VerificationStatus.choices, empty_label=_("All")
    )

    def by_needs(self, queryset: QuerySet[Partner], name: str, value: str) -> QuerySet[Partner]:
        """Seeks something today, or nothing."""
        seeks: Any = Exists(_sought())
        return queryset.filter(seeks if value == WITH else ~seeks)


def _sought() -> QuerySet[PartnerNeed]:
    return PartnerNeed.objects.current(timezone.localdate()).filter(partner=OuterRef("pk"))
