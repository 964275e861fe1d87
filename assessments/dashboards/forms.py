"""Forms of this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.dashboards.models.board_report import ReportLanguage
from companies.profiles.models import Company
from portal.common.text import name_key


class CloseForm(forms.Form):
    """Closing asks for what nobody types by accident: the name, and a reason."""

    name = forms.CharField(
        label=_("Name of the company"),
        max_length=320,
        help_text=_("Type the name as it stands above, to be sure that this is what you want."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Why do you close the account?"),
        max_length=300,
        help_text=_("In a few words. Name no employees."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.company = company

    def clean_name(self) -> str:
        """The name of this company; case and accents do not matter."""
        name = str(self.cleaned_data["name"])
        if name_key(name) != name_key(self.company.name):
            raise ValidationError(_("This is not the name of the company."), code="other_name")
        return name


class ReportForm(forms.Form):
    """The language of a board report; each language is a button."""

    language = forms.ChoiceField(
        label=_("Language of the report"),
        choices=ReportLanguage.choices,
        error_messages={
            "required": _("Choose a language."),
            "invalid_choice": _("A report is in Dutch or in English."),
        },
    )
