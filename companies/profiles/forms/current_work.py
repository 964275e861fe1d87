"""What a company does already: enclaves, own products and cooperation, on one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _

from companies.profiles import selectors
from companies.profiles.enums import CooperationKind
from companies.profiles.forms.customers import sector_choices
from companies.profiles.forms.fields import (
    EnterpriseNumberField,
    YearField,
    count_field,
    percent_field,
)
from companies.profiles.forms.rows import BaseRowFormSet, RowForm, row_formset
from companies.profiles.models import Company, Cooperation, Enclave, OwnProduct
from companies.profiles.models.resources import MOST_PLACES
from companies.profiles.services import CooperationInput, EnclaveInput, OwnProductInput


class BaseNamedFormSet(BaseRowFormSet):
    """Rows that name an organisation: by its name, or by a number that the register knows."""

    name_field = ""
    number_field = ""

    def clean(self) -> None:
        """Names that are left empty come from the register."""
        if any(self.errors):
            return
        empty = [form for form in self.kept if not form.cleaned_data[self.name_field]]
        numbers = {form.cleaned_data[self.number_field] for form in empty} - {""}
        known = selectors.register_entries(numbers) if numbers else {}
        for form in empty:
            entry = known.get(form.cleaned_data[self.number_field])
            if entry and entry.name:
                form.cleaned_data[self.name_field] = entry.name[:200]
            else:
                form.add_error(
                    self.name_field,
                    _("Type the name: the register knows none for this number."),
                )


class EnclaveForm(RowForm):
    """A team at a host; how many places, never who."""

    needed = {"places": _("Type the number of places.")}

    host_name = forms.CharField(label=_("Name of the host"), required=False, max_length=200)
    host_number = EnterpriseNumberField(label=_("Enterprise number, if known"), required=False)
    nace_division = forms.ChoiceField(label=_("Sector"), required=False, choices=sector_choices)
    places = count_field(_("Places in the enclave"), minimum=1, maximum=MOST_PLACES)
    since_year = YearField(label=_("Since (year)"))

    def to_input(self) -> EnclaveInput:
        """The row as the service takes it."""
        return EnclaveInput(**without_mark(self.cleaned_data))


class BaseEnclaveFormSet(BaseNamedFormSet):
    """All enclaves together."""

    name_field = "host_name"
    number_field = "host_number"


class OwnProductForm(RowForm):
    """A product of the company's own."""

    needed = {"name": _("Type the name of the product.")}

    name = forms.CharField(label=_("Name of the product"), required=False, max_length=120)
    description = forms.CharField(
        label=_("Short description"),
        required=False,
        max_length=200,
        help_text=_("What it is; no names of workers."),
    )
    since_year = YearField(label=_("Since (year)"))
    turnover_share = percent_field(_("Share of turnover (%)"), required=False)

    def to_input(self) -> OwnProductInput:
        """The row as the service takes it."""
        return OwnProductInput(**without_mark(self.cleaned_data))


class BaseOwnProductFormSet(BaseRowFormSet):
    """All own products together."""

    def clean(self) -> None:
        """Shares add up to at most 100; a name stands once."""
        if any(self.errors):
            return
        self.refuse_twice("name", _("This product is already listed."))
        total = sum(form.cleaned_data["turnover_share"] or 0 for form in self.kept)
        if total > 100:
            raise ValidationError(
                _("The shares of turnover add up to %(total)s %%. At most 100 %% is possible."),
                params={"total": total},
            )


class CooperationForm(RowForm):
    """What the company does together with another organisation."""

    needed = {"kind": _("Choose a kind from the list.")}

    partner_name = forms.CharField(label=_("Name of the partner"), required=False, max_length=200)
    partner_number = EnterpriseNumberField(label=_("Enterprise number, if known"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("Choose a kind")), *CooperationKind.choices],
    )
    since_year = YearField(label=_("Since (year)"))

    def to_input(self) -> CooperationInput:
        """The row as the service takes it."""
        fields = without_mark(self.cleaned_data)
        return CooperationInput(**fields | {"kind": CooperationKind(fields["kind"])})


class BaseCooperationFormSet(BaseNamedFormSet):
    """All cooperation together."""

    name_field = "partner_name"
    number_field = "partner_number"


def without_mark(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row without the tick to remove it."""
    return {name: value for name, value in cleaned.items() if name != "is_removed"}


EnclaveFormSet = row_formset(EnclaveForm, BaseEnclaveFormSet)
OwnProductFormSet = row_formset(OwnProductForm, BaseOwnProductFormSet)
CooperationFormSet = row_formset(CooperationForm, BaseCooperationFormSet)


class _Managements:
    """The management forms of several formsets, as far as a draft asks for their names."""

    def __init__(self, formsets: Iterable[BaseRowFormSet]) -> None:
        forms_ = [formset.management_form for formset in formsets]
        self.fields = {form.add_prefix(name): None for form in forms_ for name in form.fields}

    def add_prefix(self, name: str) -> str:
        """Names are whole already."""
        return name


class CurrentWorkFormSet(forms.BaseFormSet[Any]):
    """Three lists that are shown, checked and saved as one."""

    def __init__(
        self,
        *,
        enclaves: BaseRowFormSet,
        products: BaseRowFormSet,
        cooperations: BaseRowFormSet,
    ) -> None:
        self.enclaves, self.products, self.cooperations = enclaves, products, cooperations
        self.formsets = (enclaves, products, cooperations)
        self.is_bound = enclaves.is_bound
        self.forms = [form for formset in self.formsets for form in formset.forms]

    @property
    def management_form(self) -> Any:
        """Names of the fields that count the rows."""
        return _Managements(self.formsets)

    def is_valid(self) -> bool:
        """All three, each looked at."""
        found = [formset.is_valid() for formset in self.formsets]
        return all(found)

    def non_form_errors(self) -> ErrorList:
        """Messages about a list as a whole."""
        return ErrorList([str(e) for formset in self.formsets for e in formset.non_form_errors()])

    def total_error_count(self) -> int:
        """All messages."""
        return sum(formset.total_error_count() for formset in self.formsets)


def _start(rows: Iterable[Any], form: type[RowForm]) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in form.base_fields} for row in rows]


def current_work_formset(
    company: Company | int, data: Mapping[str, Any] | None = None
) -> CurrentWorkFormSet:
    """What the company does now, three queries, and empty rows for more."""

    def made(formset: Callable[..., BaseRowFormSet], model: Any, form: Any) -> BaseRowFormSet:
        rows = model.objects.filter(company=company).order_by("pk")
        return formset(data, initial=_start(rows, form), prefix=model._meta.model_name)

    return CurrentWorkFormSet(
        enclaves=made(EnclaveFormSet, Enclave, EnclaveForm),
        products=made(OwnProductFormSet, OwnProduct, OwnProductForm),
        cooperations=made(CooperationFormSet, Cooperation, CooperationForm),
    )
