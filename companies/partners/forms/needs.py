"""What a partner seeks for one opportunity."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from companies.partners.enums import Sourcing
from companies.partners.models import PartnerNeed
from companies.partners.models.needs import MOST_AMOUNT
from companies.partners.services import NeedInput
from companies.profiles.content.radii import USUAL_RADIUS_KM
from companies.profiles.enums import UNIT_OF, OfferUnit
from companies.profiles.forms.fields import count_field, day_field
from companies.profiles.models import Competence
from portal.common.text import name_key
from portal.common.vocabulary import Opportunity

AMOUNT_LABELS: dict[OfferUnit, Any] = {
    OfferUnit.PLACES: _("Places you seek"),
    OfferUnit.HOURS: _("Hours a week you seek"),
    OfferUnit.VOLUME: _("Volume you seek (thousand units a year)"),
}
PHONE_FORM = r"^[0-9+()./ -]{6,40}$"
CONTACT_FIELDS = ("contact_function", "contact_phone", "contact_email")
COPIED = (
    "amount",
    "radius_km",
    "starts_on",
    "ends_on",
    "description",
    "contact_name",
    *CONTACT_FIELDS,
)


class NeedForm(forms.Form):
    """Amount, period, radius, what is asked, and whom to talk to."""

    rule_fields = {"need_period_forward": "ends_on", "need_contact_named": "contact_name"}

    description = forms.CharField(
        label=_("Short description"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example which work, on which days, and what is hard about it."),
    )
    starts_on = day_field(_("Sought from"))
    ends_on = day_field(
        _("Sought until"),
        help_text=_(
            "After this day the need no longer counts in matches, and companies no longer see it."
        ),
    )
    competences = forms.MultipleChoiceField(
        label=_("Certificates required, competences wished"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "A company without a certificate that you tick is not proposed; competences are a wish."
        ),
    )
    contact_name = forms.CharField(label=_("Name"), required=False, max_length=120)
    contact_function = forms.CharField(label=_("Function"), required=False, max_length=120)
    contact_phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel"}),
        validators=[
            RegexValidator(PHONE_FORM, _("Type a telephone number, such as 09 123 45 67."))
        ],
    )
    contact_email = forms.EmailField(label=_("E-mail address"), required=False, max_length=254)

    def __init__(
        self,
        *args: Any,
        opportunity: Opportunity,
        today: date,
        need: PartnerNeed | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.opportunity, self.today = opportunity, today
        asked = [row.slug for row in need.competences.all()] if need else []
        self._add_figures()
        competences: Any = self.fields["competences"]
        competences.choices = _listed(asked)
        if need is not None:
            self.initial.update({name: getattr(need, name) for name in COPIED})
            self.initial.update({"competences": asked, "sourcing": need.sourcing})

    def _add_figures(self) -> None:
        """The fields that differ by opportunity."""
        if self.opportunity is Opportunity.RESHORING:
            self.fields["sourcing"] = forms.ChoiceField(
                label=_("What kind of work"),
                required=False,
                choices=[*Sourcing.choices, ("", _("Both, or not decided yet"))],
                widget=forms.RadioSelect,
            )
        self.fields["amount"] = count_field(
            AMOUNT_LABELS[UNIT_OF[self.opportunity]], minimum=1, maximum=MOST_AMOUNT
        )
        self.fields["radius_km"] = count_field(
            _("Within how many km"),
            minimum=1,
            maximum=500,
            help_text=format_lazy(
                _("Empty: the usual distance counts ({km} km, unless it was changed)."),
                km=USUAL_RADIUS_KM[self.opportunity],
            ),
        )

    def clean(self) -> dict[str, Any]:
        """Something is said, the period runs forward, contact details belong to somebody."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The period ends before it starts."))
        elif ends and ends < self.today:
            self.add_error(
                "ends_on", _("This day has passed. Choose a later one, or close the need.")
            )
        said = ("description", "amount")
        if not any(cleaned.get(name) or name in self.errors for name in said):
            self.add_error("description", _("Say in a few words what you seek, or how much."))
        details = any(cleaned.get(name) or name in self.errors for name in CONTACT_FIELDS)
        if details and not cleaned.get("contact_name") and "contact_name" not in self.errors:
            self.add_error("contact_name", _("Say whose function, telephone or address this is."))
        return cleaned

    def to_need(self) -> NeedInput:
        """The need as the service takes it."""
        sourcing = self.cleaned_data.get("sourcing")
        return NeedInput(
            opportunity=self.opportunity,
            sourcing=Sourcing(sourcing) if sourcing else None,
            competences=frozenset(self.cleaned_data["competences"]),
            **{name: self.cleaned_data[name] for name in COPIED},
        )


def _listed(asked: Iterable[str]) -> list[tuple[str, str]]:
    """Certificates first, by name; retired ones only where they are asked already."""
    found = Competence.objects.filter(Q(is_current=True) | Q(slug__in=list(asked)))
    by_name = sorted(found, key=lambda row: (not row.is_certificate, name_key(str(row))))
    return [(row.slug, str(row)) for row in by_name]
