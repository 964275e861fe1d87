"""Customers as a list of rows; what is not listed counts as many small customers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies.profiles.content.sectors import SECTORS
from companies.profiles.forms.fields import EnterpriseNumberField, percent_field
from companies.profiles.models import Customer
from companies.profiles.models.reference import in_english
from companies.profiles.services import CustomerInput

SPARE_ROWS = 3
MOST_ROWS = 60


def sector_choices() -> list[tuple[str, Any]]:
    """Divisions of NACE 2025 in the language of the page."""
    column = 1 if in_english() else 0
    return [("", _("Choose a sector"))] + [
        (code, f"{code} {names[column]}") for code, names in SECTORS.items()
    ]


class CustomerForm(forms.Form):
    """One customer; a row that is left empty, or marked to be removed, is none."""

    name = forms.CharField(label=_("Name of the organisation"), required=False, max_length=200)
    enterprise_number = EnterpriseNumberField(
        label=_("Enterprise number, if known"), required=False
    )
    nace_division = forms.ChoiceField(label=_("Sector"), required=False, choices=sector_choices)
    turnover_share = percent_field(_("Share of turnover (%)"), required=False)
    is_removed = forms.BooleanField(label=_("Remove this customer"), required=False)

    def clean(self) -> dict[str, Any]:
        """A customer has a name, a sector and a share."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("is_removed"):
            return cleaned
        wanted = {
            "name": _("Type the name of the customer."),
            "nace_division": _("Choose a sector from the list."),
            "turnover_share": _("Type the share of turnover."),
        }
        missing = [name for name in wanted if cleaned.get(name) in ("", None)]
        touched = len(missing) < len(wanted) or bool(cleaned.get("enterprise_number"))
        for name in missing if touched else ():
            if name not in self.errors:
                self.add_error(name, wanted[name])
        return cleaned

    @property
    def is_kept(self) -> bool:
        """The row stands for a customer (after validation)."""
        return bool(self.cleaned_data.get("name")) and not self.cleaned_data.get("is_removed")

    @property
    def is_stored(self) -> bool:
        """The row shows a customer that is already in the list."""
        return bool(self.initial)

    def to_input(self) -> CustomerInput:
        """The row as the service takes it."""
        return CustomerInput(
            name=self.cleaned_data["name"],
            enterprise_number=self.cleaned_data["enterprise_number"],
            nace_division=self.cleaned_data["nace_division"],
            turnover_share=self.cleaned_data["turnover_share"],
        )


class BaseCustomerFormSet(forms.BaseFormSet[CustomerForm]):
    """All rows together."""

    def clean(self) -> None:
        """Shares add up to at most 100; a number stands once."""
        if any(self.errors):
            return
        total = sum(form.cleaned_data["turnover_share"] for form in self.kept)
        seen: set[str] = set()
        for form in self.kept:
            number = form.cleaned_data["enterprise_number"]
            if number and number in seen:
                form.add_error("enterprise_number", _("This customer is already listed."))
            seen.add(number)
        if total > 100:
            raise ValidationError(
                _("The shares of turnover add up to %(total)s %%. At most 100 %% is possible."),
                params={"total": total},
            )

    def is_valid(self) -> bool:
        """Errors that ``clean`` put at a row count too."""
        return super().is_valid() and not any(form.errors for form in self.forms)

    @property
    def kept(self) -> list[CustomerForm]:
        """The rows that stand for a customer."""
        return [form for form in self.forms if form.is_kept]


CustomerFormSet = forms.formset_factory(
    CustomerForm,
    formset=BaseCustomerFormSet,
    extra=SPARE_ROWS,
    max_num=MOST_ROWS,
    absolute_max=MOST_ROWS,
)


def customer_formset(
    customers: Iterable[Customer], data: Mapping[str, Any] | None = None
) -> BaseCustomerFormSet:
    """The customers of a company, and empty rows for more."""
    initial = [
        {
            "name": customer.name,
            "enterprise_number": customer.enterprise_number,
            "nace_division": customer.nace_division,
            "turnover_share": customer.turnover_share,
        }
        for customer in customers
    ]
    formset = CustomerFormSet(data, initial=initial, prefix="customer")
    return cast("BaseCustomerFormSet", formset)
