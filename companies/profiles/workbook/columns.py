"""Columns of a sheet, taken from the fields of the forms: one set of rules for both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.conf import settings
from django.utils import formats, translation
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from companies.profiles.domain.workbook.cells import Kind, tidy
from companies.profiles.forms.fields import EnterpriseNumberField

Words = Mapping[str, str]  # by language
Fields = Mapping[str, forms.Field]
YES, NO = "yes", "no"
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def words_in(words: Words) -> str:
    """The words in the language of the page."""
    language = (translation.get_language() or LANGUAGES[0])[:2]
    return words.get(language) or words[LANGUAGES[0]]


def in_every_language(make: Callable[[], Any]) -> dict[str, Any]:
    """What ``make`` gives in each language; labels of forms may be fixed when they are made."""
    result = {}
    for language in LANGUAGES:
        with translation.override(language):
            result[language] = make()
    return result


def words(text: Any) -> Words:
    """A lazy text in each language."""
    return in_every_language(lambda: str(text))


@dataclass(frozen=True)
class Column:
    """One column: ``key`` is the name of the form field that it fills."""

    key: str
    heading: Words
    kind: Kind
    choices: tuple[tuple[str, Words], ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    empty: str = ""  # what an empty cell counts as
    digits: int = 0  # a code of so many digits, of which a spreadsheet drops the zeros in front

    def code_of(self, text: str) -> str | None:
        """The value that a label (in any language), or the value itself, stands for."""
        wanted = _folded(text)
        for value, labels in self.choices:
            if wanted == _folded(value) or any(wanted == _folded(one) for one in labels.values()):
                return value
        return None

    def label_of(self, value: str) -> str:
        """How the page and the sheet show a value."""
        return next((words_in(labels) for code, labels in self.choices if code == value), value)

    def canonical(self, value: Any) -> str:
        """A stored or cleaned value as text, so that equal values have equal texts."""
        if value is None or value == "":
            return self.empty
        if isinstance(value, bool):
            return YES if value else NO
        if isinstance(value, int | Decimal):
            return format(Decimal(value).normalize(), "f")
        if isinstance(value, date):
            return value.isoformat()
        return tidy(str(value))

    def typed(self, text: str) -> str:
        """A text of the sheet as ``canonical`` would have its value; itself when it has none."""
        if text and self.kind in {Kind.WHOLE, Kind.DECIMAL}:
            with suppress(InvalidOperation):
                return self.canonical(Decimal(text))
        return self.canonical(text)

    def shown(self, value: str) -> str:
        """A canonical value as a reader of the page wants it."""
        if self.choices and (label := self.label_of(value)) != value:
            return label
        if value and self.kind == Kind.DATE and (day := parse_date(value)):
            return formats.date_format(day, "SHORT_DATE_FORMAT")
        if value and self.kind == Kind.DECIMAL:
            return formats.number_format(Decimal(value), use_l10n=True)
        return value


def _folded(text: str) -> str:
    return tidy(text).casefold()


def _kind(field: forms.Field) -> Kind:
    if isinstance(field, forms.ChoiceField | forms.BooleanField):
        return Kind.CHOICE
    if isinstance(field, forms.DecimalField):
        return Kind.DECIMAL
    if isinstance(field, forms.IntegerField):
        return Kind.WHOLE
    if isinstance(field, forms.DateField):
        return Kind.DATE
    return Kind.TEXT


def _choices(by_language: Mapping[str, forms.Field]) -> tuple[tuple[str, Words], ...]:
    labels: dict[str, dict[str, str]] = {}
    for language, field in by_language.items():
        with translation.override(language):
            for value, label in _flat(getattr(field, "choices", ())):
                if value != "":
                    labels.setdefault(str(value), {})[language] = str(label)
    return tuple(labels.items())


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    """Choices without their groups."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def _number(field: forms.Field, name: str) -> Decimal | None:
    value = getattr(field, name, None)
    return None if value is None or callable(value) else Decimal(value)


def _headings(by_language: Mapping[str, forms.Field]) -> Words:
    headings = {}
    for language, field in by_language.items():
        with translation.override(language):
            headings[language] = tidy(str(field.label))
    return headings


def column(
    key: str, by_language: Sequence[Mapping[str, forms.Field]], *, heading: Words | None = None
) -> Column:
    """A column that fills one of several fields of the same name; usually there is one.

    Fields of different kinds give a column that takes either: a number or a choice.
    """
    first = by_language[0]
    samples = [fields[LANGUAGES[0]] for fields in by_language]
    kinds = {_kind(field) for field in samples}
    choices = {code: labels for fields in by_language for code, labels in _choices(fields)}
    kind = (kinds - {Kind.CHOICE} or kinds).pop()
    sample = next(field for field in samples if _kind(field) == kind)
    return Column(
        key,
        heading or _headings(first),
        kind,
        tuple(choices.items()),
        _number(sample, "min_value"),
        _number(sample, "max_value"),
        str(sample.initial or "") if choices else "",
        10 if isinstance(sample, EnterpriseNumberField) else 0,
    )


def columns_of(make: Callable[[], Fields], *, without: Iterable[str] = ()) -> tuple[Column, ...]:
    """A column for each field of a form, in the order of the form."""
    made = in_every_language(lambda: [(name, field) for name, field in make().items()])
    skipped = set(without)
    by_name: dict[str, dict[str, forms.Field]] = {}
    for language, fields in made.items():
        for name, field in fields:
            by_name.setdefault(name, {})[language] = field
    return tuple(column(name, [fields]) for name, fields in by_name.items() if name not in skipped)


def yes_no() -> tuple[tuple[str, Words], ...]:
    """Yes and no."""
    return ((YES, words(_("Yes"))), (NO, words(_("No"))))
