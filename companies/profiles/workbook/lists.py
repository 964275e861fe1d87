"""Sheets of which each row is a row of a list on the page: places, equipment, current work."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from companies.profiles.domain.workbook.changes import Line
from companies.profiles.forms.current_work import (
    CooperationForm,
    CooperationFormSet,
    EnclaveForm,
    EnclaveFormSet,
    OwnProductForm,
    OwnProductFormSet,
)
from companies.profiles.forms.equipment import EquipmentForm, EquipmentFormSet
from companies.profiles.forms.establishments import EstablishmentForm, establishment_formset
from companies.profiles.forms.rows import MOST_ROWS, REMOVED, BaseRowFormSet, RowForm
from companies.profiles.models import Company
from companies.profiles.selectors import StoredFacts
from companies.profiles.services import WorkbookParts
from companies.profiles.workbook.columns import columns_of
from companies.profiles.workbook.part import Checked, Fault, Part, Row, faults_of, formset_data
from companies.register.domain.lambert import format_degrees

PREFIX = "row"


class ListPart(Part):
    """Rows that a form checks one by one and a formset all together."""

    most_rows = MOST_ROWS
    form: ClassVar[type[RowForm]]
    formset: ClassVar[Callable[..., BaseRowFormSet]]
    named_by: ClassVar[tuple[str, ...]]  # the columns that say in words which row it is
    known_by: ClassVar[tuple[str, ...]]  # a number that says it better, where there is one
    always: ClassVar[tuple[str, ...]] = ()  # said too, with either of them

    def __init__(self, rows: Iterable[Any]) -> None:
        self.columns = columns_of(lambda: self.form().fields, without=(REMOVED,))
        self.stored = [self.identified(self.canonical(self.values_of(row))) for row in rows]

    def values_of(self, row: Any) -> Mapping[str, Any]:
        """A stored row by column."""
        return {one.key: getattr(row, one.key) for one in self.columns}

    def identified(self, values: dict[str, str]) -> tuple[Hashable, dict[str, str]]:
        """The row with what makes it the same row as a stored one, as the services have it."""
        number = " ".join(values[key] for key in self.known_by)
        names = number or " ".join(values[key] for key in self.named_by)
        return " ".join((*(values[key] for key in self.always), names)), values

    def bound(self, rows: Sequence[Row]) -> BaseRowFormSet:
        """The formset with the rows of the sheet."""
        return type(self).formset(self.sent(rows), prefix=PREFIX)

    def sent(self, rows: Sequence[Row]) -> dict[str, str]:
        """The rows as a browser would send them."""
        return formset_data(PREFIX, dict(enumerate(row.values for row in rows)), len(rows))

    def check(self, rows: Sequence[Row]) -> Checked:
        """Through the forms of the page; the formset may fill in from the register."""
        formset = self.bound(rows)
        valid = formset.is_valid()
        checked = Checked(faults=[Fault(str(text)) for text in formset.non_form_errors()])
        for row, form in zip(rows, formset.forms, strict=True):
            checked.faults += faults_of(form, row.number)
            if not form.errors:
                line = self.identified(self.canonical(form.cleaned_data))
                checked.lines.append(Line(row.number, *line))
        if valid:
            inputs: dict[str, Any] = {self.key: [form.to_input() for form in formset.kept]}
            checked.parts = WorkbookParts(**inputs)
        return checked

    def name_of(self, identity: Any) -> str:
        """The words of a stored row, else what makes it the same row."""
        for key, values in self.stored:
            if key == identity:
                labels = {one.key: one.label_of(values[one.key]) for one in self.columns}
                return ", ".join(labels[key] for key in self.named_by if labels[key])
        return self.columns[0].label_of(str(identity).strip())


class Establishments(ListPart):
    """The places where the company works."""

    key = "establishments"
    title = _("Establishments")
    hint = _("One row per place where your company works. At least one stays.")
    form = EstablishmentForm
    named_by = ("postcode", "street", "house_number")
    known_by = ("number",)

    def __init__(self, company: Company, facts: StoredFacts) -> None:
        self.enterprise_number = company.enterprise_number
        made = establishment_formset(facts.establishments, self.enterprise_number)
        self.initial = [form.initial for form in made.forms if form.initial]
        super().__init__(self.initial)

    def values_of(self, row: Any) -> Mapping[str, Any]:
        """As the form starts with it: the own point in degrees."""
        return {one.key: row[one.key] for one in self.columns}

    def canonical(self, values: Mapping[str, Any]) -> dict[str, str]:
        """A point that was read is in metres; a sheet shows degrees."""
        point = values.get("point")
        if isinstance(point, tuple):
            values = {**values, "point": format_degrees(*point)}
        return super().canonical(values)

    def bound(self, rows: Sequence[Row]) -> BaseRowFormSet:
        """Each row beside the stored place of its number, which may stay as it stood."""
        formset = establishment_formset((), self.enterprise_number, self.sent_as_places(rows))
        stood = {one["number"]: one for one in self.initial if one["number"]}
        formset.initial = [stood.get(re.sub(r"\D", "", row.get("number")), {}) for row in rows]
        return formset

    def sent_as_places(self, rows: Sequence[Row]) -> dict[str, str]:
        """Under the prefix of that formset."""
        return formset_data("place", dict(enumerate(row.values for row in rows)), len(rows))


class EquipmentRows(ListPart):
    """Machines, robots, operator support and software."""

    key = "equipment"
    title = _("Equipment")
    hint = _("One row per kind of machine, robot, aid or software.")
    form = EquipmentForm
    formset = EquipmentFormSet
    named_by = ("kind", "description")
    known_by = ()

    def canonical(self, values: Mapping[str, Any]) -> dict[str, str]:
        """An empty number counts as one."""
        return super().canonical({**values, "quantity": values.get("quantity") or 1})


class Enclaves(ListPart):
    """Teams at hosts."""

    key = "enclaves"
    title = _("Enclaves")
    hint = _("One row per enclave that there is now: how many places, never who.")
    form = EnclaveForm
    formset = EnclaveFormSet
    named_by = ("host_name",)
    known_by = ("host_number",)


class OwnProducts(ListPart):
    """Products of the company's own."""

    key = "own_products"
    title = _("Own products")
    hint = _("One row per product of your own.")
    form = OwnProductForm
    formset = OwnProductFormSet
    named_by = ("name",)
    known_by = ()


class Cooperations(ListPart):
    """Work together with other organisations."""

    key = "cooperations"
    title = _("Cooperation")
    hint = _("One row per organisation that you work together with.")
    form = CooperationForm
    formset = CooperationFormSet
    named_by = ("partner_name",)
    known_by = ("partner_number",)
    always = ("kind",)
