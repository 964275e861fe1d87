"""Which two are the same place, and which value stands where they differ."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies.partners.merging.plan import Plan
from companies.partners.merging.wording import choice_label, values_of
from companies.register.domain.numbers import NumberError, parse_establishment_number
from companies.register.forms import NUMBER_MESSAGES


class PairForm(forms.Form):
    """Two establishment numbers in any notation; cleans to ten digits each."""

    survivor = forms.CharField(label=_("Number that stays"), max_length=40)
    loser = forms.CharField(
        label=_("Number that ends"),
        max_length=40,
        help_text=_("All that belongs to this number moves to the one that stays."),
    )

    def _number(self, name: str) -> str:
        try:
            return parse_establishment_number(str(self.cleaned_data[name]))
        except NumberError as error:
            raise ValidationError(NUMBER_MESSAGES[error.code], code=error.code) from error

    def clean_survivor(self) -> str:
        """Ten digits."""
        return self._number("survivor")

    def clean_loser(self) -> str:
        """Ten digits."""
        return self._number("loser")


class MergeForm(forms.Form):
    """What the page of one merge asks: each choice, and why the two are the same place."""

    note = forms.CharField(
        label=_("Why are these the same place?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 30}),
        help_text=_("For example: new number after a take-over, same address."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = plan.seen
        self.choice_names: list[str] = []
        for choice in plan.choices:
            self.choice_names.append(choice.key)
            self.fields[choice.key] = forms.ChoiceField(
                label=choice_label(choice),
                choices=values_of(choice),
                widget=forms.RadioSelect,
                initial="loser" if choice.starts_with_loser else "survivor",
            )

    @property
    def choices_asked(self) -> list[forms.BoundField]:
        """The fields in which somebody picks one of two values."""
        return [self[name] for name in self.choice_names]

    @property
    def chosen(self) -> dict[str, str]:
        """By the key of a choice: ``survivor`` or ``loser``."""
        return {name: str(self.cleaned_data[name]) for name in self.choice_names}
