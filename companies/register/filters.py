"""Filters of the difference report; they live in the address."""

from __future__ import annotations

import django_filters
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from companies.register import difference_selectors
from companies.register.difference_selectors import Differences
from companies.register.models import DifferenceKind, RegisterDifference
from portal.common.choices import NACE_VERSION_CHOICES, PROVINCE_CHOICES
from portal.common.vocabulary import NaceVersion

NACE = RegexValidator(
    r"^[0-9][0-9. ]*$", _("Type the digits of a NACE code or its beginning, for example 10.82.")
)


class DifferenceFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Differences by what happened, where, and in which activity."""

    kind = django_filters.ChoiceFilter(
        label=_("What happened"), choices=DifferenceKind.choices, empty_label=_("All")
    )
    province = django_filters.ChoiceFilter(
        label=_("Province"), choices=PROVINCE_CHOICES, method="by_province", empty_label=_("All")
    )
    nace = django_filters.CharFilter(
        label=_("NACE code or its beginning"),
        method="by_nace",
        max_length=10,
        validators=[NACE],
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "decimal"}),
    )
    version = django_filters.ChoiceFilter(
        label=_("Version of the code"),
        choices=NACE_VERSION_CHOICES[1:],
        method="unchanged",
        empty_label=NACE_VERSION_CHOICES[0][1],
    )

    class Meta:
        model = RegisterDifference
        fields: tuple[str, ...] = ()

    def by_province(self, queryset: Differences, name: str, value: str) -> Differences:
        """Where the establishment lies now."""
        return difference_selectors.in_province(queryset, value)

    def by_nace(self, queryset: Differences, name: str, value: str) -> Differences:
        """In the chosen version only: the same digits can mean another trade in another one."""
        return difference_selectors.with_activity(
            queryset,
            version=self.form.cleaned_data.get("version") or NaceVersion.NACE_2025.value,
            prefix="".join(filter(str.isdigit, value)),
        )

    def unchanged(self, queryset: Differences, name: str, value: str) -> Differences:
        """A version says nothing without a code."""
        return queryset
