"""The form of a calculator, made from what the domain says of its fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils import formats
from django.utils.translation import gettext as _

from assessments.opportunities.content.calculators import (
    CalculatorText,
    FieldText,
    calculator_text,
    common_text,
)
from assessments.opportunities.domain.calculators.catalogue import CALCULATORS, Calculator
from assessments.opportunities.domain.calculators.figures import (
    FieldKind,
    FieldSpec,
    Unit,
    problems_of,
)
from assessments.opportunities.models.scenario import LONGEST_NAME
from companies.profiles.forms.fields import day_field, yes_no_field, yes_no_initial
from companies.profiles.forms.rows import REMOVED, BaseRowFormSet, RowForm, row_formset
from portal.common.forms import TypedNumberField

NAME: Final = "scenario_name"
SPARE_ROWS: Final = 2
# A button of this name and the name of a list asks for more empty rows.
MORE_ROWS: Final = "more_rows"

EURO: Final = ("€", "EUR", "euro")
PERCENT: Final = ("%", "procent", "percent")
OTHER_MONEY: Final = ("$", "£", "¥", "USD", "GBP", "CNY", "JPY", "CHF")
EURO_UNITS: Final = frozenset(
    {
        Unit.EUR,
        Unit.EUR_PER_UNIT,
        Unit.EUR_PER_YEAR,
        Unit.EUR_PER_HOUR,
        Unit.EUR_PER_DAY,
        Unit.EUR_PER_TONNE,
        Unit.EUR_PER_CURRENCY,
    }
)


def marks_of(unit: Unit, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What may stand beside a number in ``unit``, and what tells that another was meant."""
    if unit in EURO_UNITS:
        return (*EURO, text), (*PERCENT, *OTHER_MONEY)
    if unit is Unit.PERCENT:
        return (*PERCENT, text), (*EURO, *OTHER_MONEY)
    if unit is Unit.CURRENCY_PER_UNIT:
        return (*EURO, *OTHER_MONEY, text), PERCENT
    return (text,), (*EURO, *PERCENT, *OTHER_MONEY)


def field_of(
    spec: FieldSpec, text: FieldText, units: Mapping[Unit, str], choices: Mapping[str, str]
) -> forms.Field:
    """The field for one thing to fill in; bounds come from ``spec`` alone."""
    shared: dict[str, Any] = {"label": text.label, "help_text": text.help}
    missing = {"required": _("Fill this in: nothing can be calculated without it.")}
    match spec.kind:
        case FieldKind.NUMBER:
            unit = units.get(spec.unit, "")
            own, others = marks_of(spec.unit, unit)
            return TypedNumberField(
                minimum=spec.minimum,
                maximum=spec.maximum,
                decimals=spec.decimals,
                unit=unit,
                own_marks=own,
                other_marks=others,
                required=spec.required,
                error_messages=missing,
                **shared,
            )
        case FieldKind.YES_NO:
            field = yes_no_field(**shared, error_messages=missing)
            field.required = spec.required
            return field
        case FieldKind.DATE:
            return day_field(**shared)
        case FieldKind.CHOICE:
            listed = [("", _("Not chosen yet")), *((slug, choices[slug]) for slug in spec.choices)]
            return forms.ChoiceField(choices=listed, required=spec.required, **shared)
        case FieldKind.TEXT:
            return forms.CharField(max_length=int(spec.maximum), required=spec.required, **shared)


@dataclass(frozen=True)
class Mistake:
    """One message with the field that it is about; without a field it is about the whole."""

    label: str
    anchor: str
    message: str


class CalculatorForms:
    """Everything that is typed on the page of a calculator: fields, rows, and a name.

    ``inputs`` is what to start from: an input dataclass, or None for a new calculation, which
    starts with the usual values. ``data`` is what was sent, None when nothing was. The name
    counts only when it is ``named``: nobody needs one to see an outcome.
    """

    def __init__(
        self,
        calculator: Calculator,
        data: QueryDict | None = None,
        *,
        inputs: Any = None,
        name: str = "",
        named: bool = False,
        language: str,
    ) -> None:
        self.calculator = calculator
        self.definition = CALCULATORS[calculator]
        self.text: CalculatorText = calculator_text(calculator, language)
        self.units = common_text(language).units
        self.data = data
        self.main = self._form_class()(data, initial=self._initial(inputs))
        self.rows: dict[str, BaseRowFormSet] = {
            slug: self._formset(slug, _with_more(data, slug), getattr(inputs, slug, ()))
            for slug in self.definition.rows
        }
        given = name if data is None else data.get(NAME, "")
        self.naming = self._naming_class()(data if named else None, initial={NAME: given})
        self.named = named
        self.inputs: Any = None

    def _form_class(self) -> type[forms.Form]:
        fields = {
            spec.name: field_of(
                spec,
                self.text.fields[spec.name],
                self.units,
                self.text.choices.get(spec.name, {}),
            )
            for spec in self.definition.fields
        }
        return type("MainForm", (forms.Form,), fields)

    def _naming_class(self) -> type[forms.Form]:
        field = forms.CharField(
            label=_("Name of this scenario"),
            max_length=LONGEST_NAME,
            error_messages={"required": _("Give the scenario a name, so that you find it again.")},
            help_text=_("For example the customer and the product."),
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        return type("NameForm", (forms.Form,), {NAME: field})

    def _formset(self, slug: str, data: QueryDict | None, rows: Iterable[Any]) -> BaseRowFormSet:
        row = self.definition.rows[slug]
        texts = self.text.rows[slug]
        fields: dict[str, Any] = {}
        needed = {}
        for spec in row.fields:
            fields[spec.name] = field_of(spec, texts[spec.name], self.units, {})
            # A spare row is left empty; a row that was begun is asked for the rest.
            fields[spec.name].required = False
            if spec.required:
                needed[spec.name] = _("Fill in this field too, or empty the whole row.")
        form = type("Row", (RowForm,), {**fields, "needed": needed})
        formset = row_formset(form, spare=SPARE_ROWS, most=row.most)
        return formset(data, initial=[asdict(one) for one in rows], prefix=slug)

    def _initial(self, inputs: Any) -> dict[str, Any]:
        found = {}
        for spec in self.definition.fields:
            value = spec.start if inputs is None else getattr(inputs, spec.name)
            is_answer = spec.kind is FieldKind.YES_NO
            found[spec.name] = yes_no_initial(value) if is_answer else value  # type: ignore[arg-type]
        return found

    def is_valid(self) -> bool:
        """All is well, and ``inputs`` holds it."""
        checks = [self.main.is_valid(), *(rows.is_valid() for rows in self.rows.values())]
        if all(checks):
            self.inputs = self._inputs()
        return self.inputs is not None and (not self.named or self.naming.is_valid())

    def _inputs(self) -> Any:
        rows = {
            slug: tuple(row.inputs(**_values(row.fields, form)) for form in self.rows[slug].kept)
            for slug, row in self.definition.rows.items()
        }
        inputs = self.definition.inputs(**_values(self.definition.fields, self.main), **rows)
        # The fields ask the same; should they ever differ, nothing wrong is calculated.
        for name in problems_of(inputs):
            self.main.add_error(name, _("This value cannot be right. Look at it again."))
        return None if self.main.errors else inputs

    @property
    def name(self) -> str:
        """The name as given (after validation, when it is ``named``)."""
        return str(self.naming.cleaned_data[NAME])

    def mistakes(self) -> list[Mistake]:
        """Every message of what was sent, in the order of the page."""
        found = [*_mistakes(self.naming)]
        found += [Mistake("", "", str(error)) for error in self.naming.non_field_errors()]
        found += _mistakes(self.main)
        for slug, rows in self.rows.items():
            found += [Mistake(self.text.groups[slug], "", str(e)) for e in rows.non_form_errors()]
            for form in rows.forms:
                found += _mistakes(form)
        return found

    def doubts(self) -> list[str]:
        """How each doubtful number was read, with the name of its field."""
        fields = [*self.main, *(one for rows in self.rows.values() for row in rows for one in row)]
        return [f"{one.label}: {text}" for one in fields if (text := understood(one))]


def understood(field: BoundField) -> str:
    """How a doubtful number that was sent is read; empty for everything else."""
    if not field.form.is_bound or not isinstance(field.field, TypedNumberField) or field.errors:
        return ""
    return field.field.understood(field.data)


def _values(specs: Iterable[FieldSpec], form: forms.Form) -> dict[str, Any]:
    """Cleaned values by name; what is empty is None."""
    cleaned = form.cleaned_data
    return {spec.name: None if cleaned[spec.name] == "" else cleaned[spec.name] for spec in specs}


def _mistakes(form: forms.BaseForm) -> list[Mistake]:
    return [
        Mistake(str(field.label), field.id_for_label or str(field.auto_id), str(message))
        for field in form
        for message in field.errors
    ]


def _with_more(data: QueryDict | None, slug: str) -> QueryDict | None:
    """What was sent, with more rows in the list for which somebody asked them."""
    if data is None or data.get(MORE_ROWS) != slug:
        return data
    more = data.copy()
    key = f"{slug}-TOTAL_FORMS"
    given = more.get(key, "")
    if given.isascii() and given.isdigit() and len(given) < 5:
        more[key] = str(int(given) + SPARE_ROWS)
    return more


def as_typed(calculator: Calculator, stored: Mapping[str, Any], name: str) -> QueryDict:
    """What is stored as if somebody sent it, so that a form tells what is wrong with it."""
    data = QueryDict(mutable=True)
    definition = CALCULATORS[calculator]
    mark = formats.get_format("DECIMAL_SEPARATOR")
    for key, text in _texts(definition.fields, stored, mark).items():
        data[key] = text
    for slug, row in definition.rows.items():
        rows = stored.get(slug)
        listed = [one for one in rows if isinstance(one, Mapping)] if isinstance(rows, list) else []
        data[f"{slug}-TOTAL_FORMS"] = str(len(listed) + SPARE_ROWS)
        data[f"{slug}-INITIAL_FORMS"] = "0"
        for number, one in enumerate(listed):
            for key, text in _texts(row.fields, one, mark).items():
                data[f"{slug}-{number}-{key}"] = text
    data[NAME] = name
    return data


def _texts(specs: Iterable[FieldSpec], stored: Mapping[str, Any], mark: str) -> dict[str, str]:
    found = {}
    for spec in specs:
        value = stored.get(spec.name, "")
        if isinstance(value, bool):
            found[spec.name] = yes_no_initial(value)
        elif spec.kind is FieldKind.NUMBER:
            found[spec.name] = str(value).replace(".", mark)
        else:
            found[spec.name] = str(value)
    return found


__all__ = [
    "MORE_ROWS",
    "NAME",
    "REMOVED",
    "CalculatorForms",
    "Mistake",
    "as_typed",
    "field_of",
    "understood",
]
