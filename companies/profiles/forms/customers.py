"""Customers as a list of rows; the rest is shown as "other" and never stored.

A row with a number takes its name and sector from the register while they are empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies.profiles.content.sectors import SECTORS
from companies.profiles.forms.fields import EnterpriseNumberField, percent_field
from companies.profiles.models import Customer
from companies.profiles.models.reference import in_english
from companies.profiles.selectors import RegisterEntry, register_entries
from companies.profiles.services import CustomerInput
from companies.register.domain.numbers import NumberError, parse_enterprise_number

SPARE_ROWS = 3
MOST_ROWS = 60
PREFIX = "customer"
LOOK_UP = "look_up"  # the button that asks the register without saving


def sector_choices() -> list[tuple[str, Any]]:
    """Divisions of NACE 2025 in the language of the page."""
    column = 1 if in_english() else 0
    return [("", _("Choose a sector"))] + [
        (code, f"{code} {names[column]}") for code, names in SECTORS.items()
    ]


class CustomerForm(forms.Form):
    """One customer; a row that is left empty, or marked to be removed, is none."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        required=False,
        max_length=200,
        help_text=_("For yourself and your adviser. Organisations only."),
    )
    enterprise_number = EnterpriseNumberField(
        label=_("Enterprise number, if known"),
        required=False,
        help_text=_("Fills in name and sector, and tells which customers are near."),
    )
    nace_division = forms.ChoiceField(
        label=_("Sector"),
        required=False,
        choices=sector_choices,
        help_text=_("Counts in the verdict on reshoring; partners in new sectors rank higher."),
    )
    turnover_share = percent_field(
        _("Share of turnover (%)"),
        required=False,
        help_text=_("Shows dependence; counts in verdicts and matches."),
    )
    is_removed = forms.BooleanField(label=_("Remove this customer"), required=False)

    def __init__(
        self,
        *args: Any,
        own_number: str = "",
        found: Mapping[str, RegisterEntry] | None = None,
        **kwargs: Any,
    ) -> None:
        # As in RowForm: a spare row that saved itself is stored, and is sent as spare again.
        super().__init__(*args, **kwargs | {"empty_permitted": False})
        self.own_number = own_number
        self.found = found or {}

    def clean_enterprise_number(self) -> str:
        """A customer is another organisation."""
        number = str(self.cleaned_data["enterprise_number"])
        if number and number == self.own_number:
            raise ValidationError(
                _("This is the number of your own company. Type the number of the customer.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        """A customer has a name, a sector and a share."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("is_removed"):
            return cleaned
        number = cleaned.get("enterprise_number")
        is_unknown = bool(number) and number not in self.found
        wanted = {
            "name": _("The register here does not know this number. Type the name yourself.")
            if is_unknown
            else _("Type the name of the customer."),
            "nace_division": _("Choose a sector from the list."),
            "turnover_share": _("Type the share of turnover."),
        }
        if LOOK_UP in self.data:
            # The page was only asked to fill in; shares follow later.
            del wanted["turnover_share"]
            wanted = wanted if number else {}
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
        total = sum(form.cleaned_data["turnover_share"] or 0 for form in self.kept)
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
        """Errors that ``clean`` put at a row count too; a look-up is never there to be saved."""
        is_right = super().is_valid() and not any(form.errors for form in self.forms)
        return is_right and not self.is_look_up

    @property
    def is_look_up(self) -> bool:
        """The person asked the register, and does not save yet."""
        return self.is_bound and LOOK_UP in self.data

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


def _filled_in(data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, RegisterEntry]]:
    """What was typed, with the register's name and sector where they were left empty.

    Also what the register knows, by number.
    """
    typed = {key: data[key] for key in data}
    numbers: dict[int, str] = {}
    for row in range(MOST_ROWS):
        with suppress(NumberError):
            numbers[row] = parse_enterprise_number(
                str(typed.get(f"{PREFIX}-{row}-enterprise_number", ""))
            )
    found = register_entries(numbers.values()) if numbers else {}
    for row, number in numbers.items():
        if number in found:
            for name in ("name", "nace_division"):
                key = f"{PREFIX}-{row}-{name}"
                typed[key] = typed.get(key) or getattr(found[number], name)
    return typed, found


def customer_formset(
    customers: Iterable[Customer], data: Mapping[str, Any] | None = None, own_number: str = ""
) -> BaseCustomerFormSet:
    """The customers of a company, and empty rows for more.

    ``own_number`` is the company's own enterprise number. Three queries at most, only
    with ``data``.
    """
    initial = [
        {
            "name": customer.name,
            "enterprise_number": customer.enterprise_number,
            "nace_division": customer.nace_division,
            "turnover_share": customer.turnover_share,
        }
        for customer in customers
    ]
    typed, found = (None, {}) if data is None else _filled_in(data)
    formset = CustomerFormSet(
        typed,
        initial=initial,
        prefix=PREFIX,
        form_kwargs={"own_number": own_number, "found": found},
    )
    return cast("BaseCustomerFormSet", formset)
