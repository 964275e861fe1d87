"""Lists of rows: a row that is left empty, or marked to be removed, is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

SPARE_ROWS = 2
MOST_ROWS = 60
REMOVED = "is_removed"


class RowForm(forms.Form):
    """One row; ``needed`` says what to ask when a row is begun without these fields."""

    needed: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Django does not look at a spare row that equals its start. A page that saved itself
        # sends such rows: they were spare when it was made and are stored since.
        super().__init__(*args, **kwargs | {"empty_permitted": False})
        self.fields[REMOVED] = forms.BooleanField(label=_("Remove this row"), required=False)

    def clean(self) -> dict[str, Any]:
        """What a row needs; what goes needs nothing."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get(REMOVED):
            self.errors.clear()
            return cleaned
        if self.is_begun:
            for name, message in self.needed.items():
                if cleaned.get(name) in ("", None) and name not in self.errors:
                    self.add_error(name, message)
        return cleaned

    @property
    def is_begun(self) -> bool:
        """Something is typed in the row (while it is validated and after)."""
        filled = any(
            value not in ("", None) for name, value in self.cleaned_data.items() if name != REMOVED
        )
        return filled or bool(self.errors)

    @property
    def is_kept(self) -> bool:
        """The row stands for something (after validation)."""
        return not self.cleaned_data.get(REMOVED) and self.is_begun

    @property
    def is_stored(self) -> bool:
        """The row shows what is already in the list."""
        return bool(self.initial)

    @property
    def shown(self) -> Iterator[BoundField]:
        """The fields to fill in."""
        return (self[name] for name in self.fields if name != REMOVED)

    @property
    def note(self) -> Any:
        """A line below the fields of a stored row; empty for none."""
        return ""


class BaseRowFormSet(forms.BaseFormSet[Any]):
    """All rows together."""

    def is_valid(self) -> bool:
        """Errors that ``clean`` put at a row count too."""
        return super().is_valid() and not any(form.errors for form in self.forms)

    def total_error_count(self) -> int:
        """As the form's, with the errors that ``clean`` put at a row."""
        self.errors  # noqa: B018 - validates
        return len(self.non_form_errors()) + sum(len(form.errors) for form in self.forms)

    @property
    def kept(self) -> list[Any]:
        """The rows that stand for something."""
        return [form for form in self.forms if form.is_kept]

    def refuse_twice(self, name: str, message: Any) -> None:
        """A message at each row whose value of ``name`` stood in an earlier row."""
        seen: set[Any] = set()
        for form in self.kept:
            value = form.cleaned_data.get(name)
            if value and value in seen:
                form.add_error(name, message)
            seen.add(value)


def row_formset(
    form: type[RowForm],
    formset: type[BaseRowFormSet] = BaseRowFormSet,
    *,
    spare: int = SPARE_ROWS,
    most: int = MOST_ROWS,
) -> type[BaseRowFormSet]:
    """A formset class of at most ``most`` of these rows, with ``spare`` empty ones."""
    made: type[Any] = forms.formset_factory(
        form, formset=formset, extra=spare, max_num=most, absolute_max=most
    )
    return made
