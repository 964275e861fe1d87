"""Members of a company: invitations, roles, requests to join."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies.profiles.enums import MemberRole

ROLE_HELP = _("Owners add members and change everything, editors change the profile, readers look.")
ROLE_UNKNOWN = _("Choose owner, editor or reader.")
INVITATION_MESSAGES: dict[str, Any] = {
    "already_member": _("This person is already a member of this company."),
    "too_many": _("There were too many invitations in a short time. Try again later."),
}


class InviteForm(forms.Form):
    """Whom to invite; the answer is the same whether or not there is an account."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=MemberRole.choices,
        initial=MemberRole.EDITOR,
        help_text=ROLE_HELP,
    )

    def refuse(self, code: str) -> None:
        """Show why the invitation was not sent."""
        self.add_error("email", ValidationError(INVITATION_MESSAGES[code], code=code))


class RoleForm(forms.Form):
    """A role for a member."""

    role = forms.ChoiceField(label=_("Role"), choices=MemberRole.choices)


class JoinForm(forms.Form):
    """What a person asks of the owners of a company."""

    role = forms.ChoiceField(
        label=_("Role that you wish"),
        choices=MemberRole.choices,
        initial=MemberRole.EDITOR,
        help_text=ROLE_HELP,
    )
    message = forms.CharField(
        label=_("Message to the owners"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example what you do in the company. Do not name workers here."),
    )


class AcceptTextsForm(forms.Form):
    """One tick for the texts on the page."""

    accept = forms.BooleanField(
        error_messages={"required": _("Tick the box to go on.")},
    )

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accept"].label = label
