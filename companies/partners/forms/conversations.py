"""What an adviser writes down after a conversation with a partner."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.partners.enums import SharePurpose
from companies.profiles.forms.fields import day_field


class ConversationForm(forms.Form):
    """Date, with whom, what was agreed, and what the partner agrees to show."""

    held_on = day_field(_("Date of the conversation"))
    with_whom = forms.CharField(
        label=_("With whom: name and function"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agreed = forms.CharField(
        label=_("What was agreed"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Also what was said about who may see it. The partner can read this."),
    )
    agreed_to = forms.MultipleChoiceField(
        label=_("The partner agrees to this"),
        required=False,
        choices=SharePurpose.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What you do not tick ends, also when it was agreed to before."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["held_on"].required = True

    def clean_held_on(self) -> date:
        """A day that has come."""
        held_on: date = self.cleaned_data["held_on"]
        if held_on > self.today:
            raise forms.ValidationError(_("This day has yet to come."), code="future")
        return held_on

    def clean_agreed_to(self) -> list[SharePurpose]:
        """The purposes ticked; the contact person is shown on the page only."""
        purposes = [SharePurpose(one) for one in self.cleaned_data["agreed_to"]]
        if SharePurpose.CONTACT in purposes and SharePurpose.SHOW not in purposes:
            raise forms.ValidationError(
                _("The contact person stands on the page: tick that the page is shown as well.")
            )
        return purposes
