"""Sign-up in two steps: the number, then what the register knows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies.profiles.enums import DeclineReason
from companies.profiles.forms.fields import EnterpriseNumberField
from companies.profiles.services import SignUpError, check_sign_up
from companies.register.models import Enterprise
from companies.register.selectors import find_postal_point

SIGN_UP_MESSAGES: dict[str, Any] = {
    "already_signed_up": _(
        "This company is already signed up. Look the number up again to ask to join it."
    ),
    "struck_off": _(
        "The register says that this enterprise has been struck off, so it cannot be signed up. "
        "Did the company go on under another number, for example after a merger? "
        "Then type that number."
    ),
    "name_needed": _("Type the name of the company."),
    "postcode_unknown": _("This is not a Belgian postcode. Type four digits."),
}


class NumberForm(forms.Form):
    """Step 1: which enterprise; ``typed_number`` has ten digits, also when refused."""

    typed_number = ""

    number = EnterpriseNumberField(
        label=_("Enterprise number"),
        help_text=_("Ten digits, for example 0123.456.749. You find it on every invoice."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_number(self) -> str:
        """The ten digits of an enterprise that may sign up."""
        number = self.typed_number = str(self.cleaned_data["number"])
        try:
            check_sign_up(number)
        except SignUpError as error:
            raise ValidationError(SIGN_UP_MESSAGES[error.code], code=error.code) from None
        return number


class ConfirmForm(forms.Form):
    """Step 2: what the register does not know, and the terms."""

    name = forms.CharField(label=_("Name of the company"), max_length=320)
    postcode = forms.CharField(
        label=_("Postcode of the seat"),
        max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    terms = forms.BooleanField(
        label=_("I may act for this company, and I accept the terms and the privacy statement"),
        error_messages={"required": _("Without accepting the terms you cannot sign up.")},
    )

    def __init__(self, *args: Any, enterprise: Enterprise | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if enterprise is not None and enterprise.name:
            del self.fields["name"]
        if enterprise is not None and find_postal_point(enterprise.postcode) is not None:
            del self.fields["postcode"]

    def clean_postcode(self) -> str:
        """A postcode that exists."""
        postcode = str(self.cleaned_data["postcode"]).strip()
        if find_postal_point(postcode) is None:
            raise ValidationError(SIGN_UP_MESSAGES["postcode_unknown"], code="postcode_unknown")
        return postcode

    def refuse(self, code: str) -> None:
        """Show why the service refused, at its field when the form has it."""
        field = {"name_needed": "name", "postcode_unknown": "postcode"}.get(code)
        self.add_error(field if field in self.fields else None, SIGN_UP_MESSAGES[code])


class AppealForm(forms.Form):
    """Why an owner asks an adviser to look again."""

    note = forms.CharField(
        label=_("What should the adviser know?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "For example your recognition as a maatwerk company, or your function in it. "
            "Do not name workers here."
        ),
        error_messages={"required": _("Explain why the adviser should look again.")},
    )


class DeclineForm(forms.Form):
    """Why an adviser declines a sign-up."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("Choose a reason")), *DeclineReason.choices]
    )
    note = forms.CharField(
        label=_("Explanation for the company"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Another reason needs words."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("reason") == DeclineReason.OTHER and not cleaned.get("note"):
            self.add_error("note", _("Explain the other reason."))
        return cleaned
