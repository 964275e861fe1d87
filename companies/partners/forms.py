"""What a partner tells and seeks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from companies.partners.models import Partner, PartnerContact, PartnerNeed
from companies.partners.services import NeedInput, Visibility, visibility_of
from companies.profiles.enums import UNIT_OF, OfferUnit
from companies.profiles.forms.fields import count_field
from companies.profiles.models import Competence
from companies.register.domain.numbers import NumberError, parse_establishment_number
from companies.register.models import Establishment
from portal.accounts.models import User
from portal.accounts.roles import is_government
from portal.common.choices import OPPORTUNITY_LABELS
from portal.common.text import name_key
from portal.common.vocabulary import Opportunity

AMOUNT_LABELS: dict[OfferUnit, Any] = {
    OfferUnit.PLACES: _("Places you seek"),
    OfferUnit.HOURS: _("Hours a week you seek"),
    OfferUnit.VOLUME: _("Volume you seek (thousand units a year)"),
}
VISIBILITY_CHOICES = [
    (Visibility.SHOWN.value, _("Verified maatwerk companies may see this page")),
    (Visibility.HIDDEN.value, _("Only advisers see this page; proposals are welcome")),
]


@dataclass(frozen=True)
class NeedFields:
    """The fields of one opportunity; ``is_open`` when something stands in them."""

    opportunity: Any
    amount: BoundField
    radius: BoundField
    competences: BoundField
    is_open: bool


class PartnerForm(forms.Form):
    """Description, needs per opportunity, and who may see it."""

    description = forms.CharField(
        label=_("What the organisation does and seeks"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    visibility = forms.ChoiceField(
        label=_("Who may see this"), choices=VISIBILITY_CHOICES, widget=forms.RadioSelect
    )

    def __init__(
        self, *args: Any, partner: Partner, needs: Iterable[PartnerNeed], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial["description"] = partner.description
        self.initial["visibility"] = visibility_of(partner).value
        stored = {need.opportunity: need for need in needs}
        asked = {row.slug for need in stored.values() for row in need.competences.all()}
        found = Competence.objects.filter(Q(is_current=True) | Q(slug__in=asked))
        by_name = sorted(found, key=lambda row: (not row.is_certificate, name_key(str(row))))
        listed = [(row.slug, str(row)) for row in by_name]
        for opportunity in Opportunity:
            self._add_fields(opportunity, listed, stored.get(opportunity.value))

    def _add_fields(
        self, opportunity: Opportunity, listed: list[tuple[str, str]], need: PartnerNeed | None
    ) -> None:
        slug = opportunity.value
        self.fields[f"amount_{slug}"] = count_field(
            AMOUNT_LABELS[UNIT_OF[opportunity]], minimum=1, maximum=1_000_000
        )
        self.fields[f"radius_{slug}"] = count_field(
            _("Within how many km"),
            minimum=1,
            maximum=500,
            help_text=_("Empty: the usual distance counts."),
        )
        self.fields[f"competences_{slug}"] = forms.MultipleChoiceField(
            label=_("Certificates required, competences wished"),
            required=False,
            choices=listed,
            widget=forms.CheckboxSelectMultiple,
        )
        if need is not None:
            self.initial[f"amount_{slug}"] = need.amount
            self.initial[f"radius_{slug}"] = need.radius_km
            self.initial[f"competences_{slug}"] = [row.slug for row in need.competences.all()]

    @property
    def rows(self) -> list[NeedFields]:
        """The opportunities as the page shows them."""
        found = []
        for opportunity in Opportunity:
            amount, radius, ticks = (
                self[f"{kind}_{opportunity.value}"] for kind in ("amount", "radius", "competences")
            )
            is_open = any(field.errors or field.value() for field in (amount, radius, ticks))
            label = OPPORTUNITY_LABELS[opportunity]
            found.append(NeedFields(label, amount, radius, ticks, is_open))
        return found

    def to_needs(self) -> list[NeedInput]:
        """The needs as the service takes them."""
        return [
            NeedInput(
                opportunity=opportunity,
                amount=self.cleaned_data[f"amount_{opportunity.value}"],
                radius_km=self.cleaned_data[f"radius_{opportunity.value}"],
                competences=frozenset(self.cleaned_data[f"competences_{opportunity.value}"]),
            )
            for opportunity in Opportunity
        ]


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
