"""Equipment and technology, as a list of rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.profiles.enums import EQUIPMENT_GROUPS, EquipmentKind
from companies.profiles.forms.fields import YearField, count_field
from companies.profiles.forms.rows import BaseRowFormSet, RowForm, row_formset
from companies.profiles.models import Equipment
from companies.profiles.models.resources import MOST_EQUIPMENT
from companies.profiles.services import EquipmentInput


def kind_choices() -> list[tuple[Any, Any]]:
    """The kinds in their groups."""
    grouped = [
        (label, [(kind.value, kind.label) for kind in kinds]) for label, kinds in EQUIPMENT_GROUPS
    ]
    return [("", _("Choose a kind")), *grouped]


class EquipmentForm(RowForm):
    """Machines or software of one kind."""

    needed = {"kind": _("Choose a kind from the list.")}

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=kind_choices)
    description = forms.CharField(
        label=_("Short description"),
        required=False,
        max_length=120,
        help_text=_("What it does; no names of workers."),
    )
    year_bought = YearField(label=_("Year bought, if known"))
    quantity = count_field(_("How many (empty: one)"), minimum=1, maximum=MOST_EQUIPMENT)

    def clean(self) -> dict[str, Any]:
        """Equipment of another kind is described."""
        cleaned = super().clean()
        other = cleaned.get("kind") == EquipmentKind.OTHER
        if self.is_kept and other and not cleaned.get("description"):
            self.add_error("description", _("Describe equipment of another kind."))
        return cleaned

    def to_input(self) -> EquipmentInput:
        """The row as the service takes it."""
        return EquipmentInput(
            kind=EquipmentKind(self.cleaned_data["kind"]),
            description=self.cleaned_data["description"],
            year_bought=self.cleaned_data["year_bought"],
            quantity=self.cleaned_data["quantity"] or 1,
        )


EquipmentFormSet = row_formset(EquipmentForm)


def equipment_formset(
    equipment: Iterable[Equipment], data: Mapping[str, Any] | None = None
) -> BaseRowFormSet:
    """The equipment of a company, and empty rows for more."""
    initial = [
        {
            "kind": row.kind,
            "description": row.description,
            "year_bought": row.year_bought,
            "quantity": row.quantity,
        }
        for row in equipment
    ]
    return EquipmentFormSet(data, initial=initial, prefix="equipment")
