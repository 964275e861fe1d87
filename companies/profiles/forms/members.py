"""Members of a company."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies.profiles.enums import MemberRole
from companies.profiles.models import Company, Membership
from portal.accounts.models import User
from portal.accounts.roles import is_government

ROLE_HELP = _("Owners add members and change everything, editors change the profile, readers look.")


class AddMemberForm(forms.Form):
    """Somebody who already has an account with a verified address."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=MemberRole.choices,
        initial=MemberRole.EDITOR,
        help_text=ROLE_HELP,
    )
    user: User

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.company = company

    def clean_email(self) -> str:
        """The address of an account that can become a member; sets ``user``."""
        email = str(self.cleaned_data["email"])
        address = (
            EmailAddress.objects.filter(email__iexact=email, verified=True, user__is_active=True)
            .select_related("user")
            .first()
        )
        if address is None:
            raise ValidationError(
                _(
                    "There is no account with this verified address. "
                    "Ask your colleague to create an account first."
                )
            )
        if is_government(address.user):
            raise ValidationError(_("Government staff cannot be members of a company."))
        if Membership.objects.filter(company=self.company, user=address.user).exists():
            raise ValidationError(_("This person is already a member of this company."))
        self.user = address.user
        return email


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(label=_("Role"), choices=MemberRole.choices)
