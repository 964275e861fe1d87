"""The form of a calculator as its page shows it: groups, fields with their unit, rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from assessments.opportunities.domain.calculators import reshoring_inputs as asked
from assessments.opportunities.domain.calculators.catalogue import Calculator
from assessments.opportunities.domain.calculators.figures import FieldKind, FieldSpec
from assessments.opportunities.forms.calculators import REMOVED, CalculatorForms, understood

# With these filled in there is an answer already; the other fields make it more precise.
FIRST_FIELDS: Final[Mapping[Calculator, tuple[str, ...]]] = {
    Calculator.RESHORING: (
        "volume",
        "foreign_price",
        "exchange_rate",
        "sea_freight",
        "duty_percent",
        "local_minutes",
        "local_wage",
        "material_cost",
    ),
}
# What makes most difference for most products comes first, what is softest last.
GROUP_ORDER: Final[Mapping[Calculator, tuple[str, ...]]] = {
    Calculator.RESHORING: (
        asked.BASE,
        asked.LANDED,
        asked.LOCAL,
        asked.STOCK,
        asked.QUALITY,
        asked.OVERHEAD,
        asked.RISK,
        asked.CLIMATE,
        asked.FORECAST,
        asked.STRATEGIC,
    ),
}


@dataclass(frozen=True)
class FieldView:
    """One field with its unit, and how a doubtful number was read."""

    bound: BoundField
    unit: str
    understood: str

    @property
    def is_select(self) -> bool:
        """A list to choose from."""
        return hasattr(self.bound.field, "choices")

    @property
    def id(self) -> str:
        """Where links to this field lead."""
        return self.bound.id_for_label

    @property
    def control(self) -> SafeString:
        """The control, tied to its unit, help, reading and messages."""
        parts = {
            "unit": self.unit,
            "help": self.bound.help_text,
            "read": self.understood,
            "error": self.bound.errors,
        }
        tied = [f"{self.id}_{name}" for name, text in parts.items() if text]
        shape = "form-select" if self.is_select else "form-control"
        attributes: dict[str, Any] = {"class": shape}
        if tied:
            attributes["aria-describedby"] = " ".join(tied)
        if self.bound.errors:
            attributes |= {"class": f"{shape} is-invalid", "aria-invalid": "true"}
        return self.bound.as_widget(attrs=attributes)

    @property
    def tick(self) -> SafeString:
        """The control when it is a box to tick."""
        return self.bound.as_widget(attrs={"class": "form-check-input"})


@dataclass(frozen=True)
class RowView:
    """One row of a list; ``removal`` is None for a row in which nothing stands."""

    number: int
    fields: Sequence[FieldView]
    removal: FieldView | None


@dataclass(frozen=True)
class RowsView:
    """A list of rows, with what its form needs to count them."""

    slug: str
    management: BaseForm
    messages: Sequence[str]
    rows: Sequence[RowView]
    has_room: bool


@dataclass(frozen=True)
class GroupView:
    """Fields that belong together; ``folds`` when they may stay closed, ``is_open`` when not."""

    slug: str
    label: str
    fields: Sequence[FieldView]
    rows: RowsView | None = None
    folds: bool = False
    is_open: bool = True
    filled: int = 0


class Layout:
    """The groups of one form, in the order of the page."""

    def __init__(self, forms: CalculatorForms) -> None:
        self.forms = forms
        self.first = FIRST_FIELDS.get(forms.calculator, ())

    def first_fields(self) -> list[FieldView]:
        """The few fields that give an answer already; empty when all fields are few."""
        specs = {spec.name: spec for spec in self.forms.definition.fields}
        return [self._field(specs[name], self.forms.main) for name in self.first]

    def groups(self) -> list[GroupView]:
        """The other fields in their groups; a group without any is left out."""
        definition = self.forms.definition
        order = GROUP_ORDER.get(self.forms.calculator, definition.groups)
        groups = (self._group(slug) for slug in order)
        return [group for group in groups if group.fields or group.rows]

    def name_field(self) -> FieldView:
        """Where the scenario gets its name."""
        bound = next(iter(self.forms.naming))
        return FieldView(bound, "", "")

    def _group(self, slug: str) -> GroupView:
        fields = [
            self._field(spec, self.forms.main)
            for spec in self.forms.definition.fields
            if spec.group == slug and spec.name not in self.first
        ]
        filled = sum(1 for field in fields if field.bound.value() not in {None, ""})
        folds = bool(self.first)
        return GroupView(
            slug=slug,
            label=self.forms.text.groups[slug],
            fields=fields,
            rows=self._rows(slug) if slug in self.forms.rows else None,
            folds=folds,
            is_open=not folds or any(field.bound.errors for field in fields),
            filled=filled,
        )

    def _rows(self, slug: str) -> RowsView:
        formset = self.forms.rows[slug]
        specs = self.forms.definition.rows[slug].fields
        rows = []
        for number, form in enumerate(formset.forms, start=1):
            fields = [self._field(spec, form) for spec in specs]
            begun = any(field.bound.value() not in {None, ""} for field in fields)
            removal = FieldView(form[REMOVED], "", "") if begun else None
            rows.append(RowView(number, fields, removal))
        return RowsView(
            slug=slug,
            management=formset.management_form,
            messages=[str(error) for error in formset.non_form_errors()]
            if formset.is_bound
            else [],
            rows=rows,
            has_room=len(rows) < self.forms.definition.rows[slug].most,
        )

    def _field(self, spec: FieldSpec, form: BaseForm) -> FieldView:
        bound = form[spec.name]
        unit = self.forms.units.get(spec.unit, "") if spec.kind is FieldKind.NUMBER else ""
        return FieldView(bound, unit, understood(bound))
