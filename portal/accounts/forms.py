"""Forms of this room."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User


class SignUpNameForm(forms.Form):
    """What we ask at sign-up besides what allauth asks."""

    full_name = forms.CharField(
        label=_("First name and name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("full_name", "email", "password1", "password2")

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing more to do: the adapter saves the name together with the user."""


class ProfileForm(forms.Form):
    """Name and language of a person."""

    full_name = forms.CharField(
        label=_("First name and name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("The language of my browser")), ("nl", "Nederlands"), ("en", "English")],
        help_text=_("Pages and e-mails come in this language."),
    )
