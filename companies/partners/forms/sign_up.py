"""Signing an organisation up, asking to join one, and the answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.partners.enums import Capacity, RefusalReason

SIGN_UP_MESSAGES: dict[str, Any] = {
    "unknown": _(
        "This number is not in our copy of the register. Look your organisation up by name, "
        "or ask an adviser."
    ),
    "struck_off": _(
        "The register says that this establishment or its enterprise is no longer active, so it "
        "cannot be signed up. Did the organisation move or merge? Then look up the new number."
    ),
    "no_address": _(
        "The register gives no address for this self-employed person, so no distance can be "
        "told. Ask an adviser to help."
    ),
    "maatwerk": _(
        "This is a maatwerk company. It signs up as a company, and is no partner of itself."
    ),
    "opted_out": _(
        "This organisation asked not to be approached. Does it want to take part again? "
        "Withdraw that first, or ask an adviser."
    ),
    "government": _("With an account of the government you cannot act for a partner."),
    "taken": _("Somebody else acts for this organisation. Ask to join."),
    "already_contact": _("You act for this organisation already."),
    "already_asked": _("You asked already; the answer has yet to come."),
    "over": _("This request was answered or withdrawn in the meantime."),
    "too_many": _("You asked too often in a short time. Try again later."),
    "nothing_active": _("The register lists no active establishment under this number."),
}


class RequestForm(forms.Form):
    """In what function a person acts, and the terms."""

    capacity = forms.ChoiceField(
        label=_("Your function"), choices=[("", _("Choose a function")), *Capacity.choices]
    )
    message = forms.CharField(
        label=_("Message"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example how an adviser can check that you act for this organisation."),
    )
    terms = forms.BooleanField(
        label=_(
            "I may act for this organisation, and I accept the terms and the privacy statement"
        ),
        error_messages={"required": _("Without accepting the terms you cannot sign up.")},
    )


class RefusalForm(forms.Form):
    """Why a request is declined."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("Choose a reason")), *RefusalReason.choices]
    )
    note = forms.CharField(
        label=_("Explanation for this person"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Another reason needs words."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("reason") == RefusalReason.OTHER and not cleaned.get("note"):
            self.add_error("note", _("Explain the other reason."))
        return cleaned
