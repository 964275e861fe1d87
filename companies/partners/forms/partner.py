"""The partner itself: its description, its contacts, recording one."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies.partners.models import Partner, PartnerContact
from companies.register.domain.numbers import NumberError, parse_establishment_number
from companies.register.models import Establishment
from portal.accounts.models import User
from portal.accounts.roles import is_government


class DescriptionForm(forms.Form):
    """What the organisation does, in its own words."""

    description = forms.CharField(
        label=_("What the organisation does and seeks"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Do not name people here."),
    )


class ContactForm(forms.Form):
    """Somebody who already has an account with a verified address."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    user: User

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partner = partner

    def clean_email(self) -> str:
        """The address of an account that can become a contact; sets ``user``."""
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
                    "Ask this person to create an account first."
                )
            )
        if is_government(address.user):
            raise ValidationError(_("Government staff cannot be a contact of a partner."))
        if PartnerContact.objects.filter(partner=self.partner, user=address.user).exists():
            raise ValidationError(_("This person is already a contact of this partner."))
        self.user = address.user
        return email


class RecordForm(forms.Form):
    """An establishment of the register that becomes a partner."""

    number = forms.CharField(
        label=_("Establishment number"),
        max_length=40,
        help_text=_("Ten digits, for example 2.000.000.339."),
    )

    def clean_number(self) -> str:
        """The ten digits of an active establishment."""
        try:
            number = parse_establishment_number(str(self.cleaned_data["number"]))
        except NumberError:
            raise ValidationError(
                _("This is not the number of an establishment. Check what you typed.")
            ) from None
        if not Establishment.objects.filter(pk=number, is_active=True).exists():
            raise ValidationError(
                _("This establishment is not in our copy of the register, or no longer active.")
            )
        return number
