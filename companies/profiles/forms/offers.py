"""What a company offers per opportunity, and its competences and certificates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from companies.profiles.content.radii import USUAL_RADIUS_KM
from companies.profiles.enums import UNIT_OF, OfferUnit, VolumeBand
from companies.profiles.forms.fields import count_field, day_field
from companies.profiles.models import Company, Competence, OpportunityOffer
from companies.profiles.services import OfferInput
from portal.common.choices import OPPORTUNITY_LABELS
from portal.common.text import name_key
from portal.common.vocabulary import Opportunity

AMOUNT_LABELS: dict[OfferUnit, Any] = {
    OfferUnit.PLACES: _("Places you offer"),
    OfferUnit.HOURS: _("Hours a week you offer"),
}
IN_MATCHES = _("Matches hold this against what a partner seeks.")
IN_MATCHES_AND_VERDICT = _(
    "Matches hold this against what a partner seeks; it also counts in the verdict."
)
# Rules of the opportunities room read these two.
IN_VERDICT = (Opportunity.ENCLAVE, Opportunity.SAMENWERKING)


@dataclass(frozen=True)
class OfferFields:
    """The fields of one opportunity."""

    opportunity: Any
    amount: BoundField
    radius: BoundField
    starts: BoundField
    ends: BoundField


def _amount_field(opportunity: Opportunity) -> forms.Field:
    """Places or hours as a number, a volume as a band."""
    unit = UNIT_OF[opportunity]
    if unit is OfferUnit.VOLUME:
        return forms.ChoiceField(
            label=_("Volume you offer"),
            required=False,
            choices=[("", _("Not known")), *VolumeBand.choices],
            help_text=_("Matches count the lowest figure of the band."),
        )
    return count_field(
        AMOUNT_LABELS[unit],
        minimum=1,
        maximum=1_000_000,
        help_text=IN_MATCHES_AND_VERDICT if opportunity in IN_VERDICT else IN_MATCHES,
    )


class OffersForm(forms.Form):
    """Amount, radius and period for each of the five opportunities; all may stay empty."""

    def __init__(self, *args: Any, offers: Iterable[OpportunityOffer] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for opportunity in Opportunity:
            slug = opportunity.value
            self.fields[f"amount_{slug}"] = _amount_field(opportunity)
            self.fields[f"radius_{slug}"] = count_field(
                _("How far you go (km)"),
                minimum=1,
                maximum=500,
                help_text=format_lazy(
                    _("Empty: the usual distance counts ({km} km, unless it was changed)."),
                    km=USUAL_RADIUS_KM[opportunity],
                ),
            )
            self.fields[f"starts_{slug}"] = day_field(_("Offered from"))
            self.fields[f"ends_{slug}"] = day_field(
                _("Offered until"),
                help_text=_("After this day, matches and verdicts no longer count the offer."),
            )
        for offer in offers:
            slug = offer.opportunity
            self.initial.update(
                {
                    f"amount_{slug}": offer.volume_band or offer.amount,
                    f"radius_{slug}": offer.radius_km,
                    f"starts_{slug}": offer.starts_on,
                    f"ends_{slug}": offer.ends_on,
                }
            )

    def clean(self) -> dict[str, Any]:
        """A period runs forward, and something is offered in it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for opportunity in Opportunity:
            slug = opportunity.value
            starts, ends = cleaned.get(f"starts_{slug}"), cleaned.get(f"ends_{slug}")
            if starts and ends and ends < starts:
                self.add_error(f"ends_{slug}", _("The offer ends before it starts."))
            offered = (f"amount_{slug}", f"radius_{slug}")
            if (starts or ends) and not any(
                cleaned.get(name) or name in self.errors for name in offered
            ):
                self.add_error(offered[0], _("Say what you offer in this period."))
        return cleaned

    @property
    def rows(self) -> list[OfferFields]:
        """The opportunities as the page shows them."""
        return [
            OfferFields(
                OPPORTUNITY_LABELS[opportunity],
                *(
                    self[f"{part}_{opportunity.value}"]
                    for part in ("amount", "radius", "starts", "ends")
                ),
            )
            for opportunity in Opportunity
        ]

    def to_input(self) -> list[OfferInput]:
        """The offers as the service takes them."""
        return [self._input_of(opportunity) for opportunity in Opportunity]

    def _input_of(self, opportunity: Opportunity) -> OfferInput:
        amount, radius, starts, ends = (
            self.cleaned_data[f"{part}_{opportunity.value}"]
            for part in ("amount", "radius", "starts", "ends")
        )
        in_band = UNIT_OF[opportunity] is OfferUnit.VOLUME
        return OfferInput(
            opportunity=opportunity,
            radius_km=radius,
            amount=None if in_band else amount,
            volume_band=amount if in_band else "",
            starts_on=starts,
            ends_on=ends,
        )


class CompetencesForm(forms.Form):
    """Ticks from the list; retired entries stay for a company that has them."""

    certificates = forms.MultipleChoiceField(
        label=_("Certificates"), required=False, widget=forms.CheckboxSelectMultiple
    )
    skills = forms.MultipleChoiceField(
        label=_("Competences"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, company: Company) -> None:
        super().__init__(data)
        had = set(company.competences.values_list("slug", flat=True))
        listed = Competence.objects.filter(Q(is_current=True) | Q(slug__in=had))
        for entry in sorted(listed, key=lambda row: name_key(str(row))):
            name = "certificates" if entry.is_certificate else "skills"
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
            field.choices = [*field.choices, (entry.slug, str(entry))]  # type: ignore[misc]
            if entry.slug in had:
                self.initial.setdefault(name, []).append(entry.slug)

    @property
    def slugs(self) -> list[str]:
        """Everything ticked."""
        return [*self.cleaned_data["certificates"], *self.cleaned_data["skills"]]
