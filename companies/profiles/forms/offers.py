"""What a company offers per opportunity, and its competences and certificates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from companies.profiles.enums import UNIT_OF, OfferUnit
from companies.profiles.forms.fields import count_field
from companies.profiles.models import Company, Competence, OpportunityOffer
from companies.profiles.services import OfferInput
from portal.common.choices import OPPORTUNITY_LABELS
from portal.common.text import name_key
from portal.common.vocabulary import Opportunity

AMOUNT_LABELS: dict[OfferUnit, Any] = {
    OfferUnit.PLACES: _("Places you offer"),
    OfferUnit.HOURS: _("Hours a week you offer"),
    OfferUnit.VOLUME: _("Volume you offer (thousand units a year)"),
}


@dataclass(frozen=True)
class OfferFields:
    """The two fields of one opportunity."""

    opportunity: Any
    amount: BoundField
    radius: BoundField


class OffersForm(forms.Form):
    """Amount and radius for each of the five opportunities; all may stay empty."""

    def __init__(self, *args: Any, offers: Iterable[OpportunityOffer] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for opportunity in Opportunity:
            self.fields[f"amount_{opportunity.value}"] = count_field(
                AMOUNT_LABELS[UNIT_OF[opportunity]], minimum=1, maximum=1_000_000
            )
            self.fields[f"radius_{opportunity.value}"] = count_field(
                _("How far you go (km)"),
                minimum=1,
                maximum=500,
                help_text=_("Empty: the usual distance counts."),
            )
        for offer in offers:
            self.initial[f"amount_{offer.opportunity}"] = offer.amount
            self.initial[f"radius_{offer.opportunity}"] = offer.radius_km

    @property
    def rows(self) -> list[OfferFields]:
        """The opportunities as the page shows them."""
        return [
            OfferFields(
                OPPORTUNITY_LABELS[opportunity],
                self[f"amount_{opportunity.value}"],
                self[f"radius_{opportunity.value}"],
            )
            for opportunity in Opportunity
        ]

    def to_input(self) -> list[OfferInput]:
        """The offers as the service takes them."""
        return [
            OfferInput(
                opportunity=opportunity,
                radius_km=self.cleaned_data[f"radius_{opportunity.value}"],
                amount=self.cleaned_data[f"amount_{opportunity.value}"],
            )
            for opportunity in Opportunity
        ]


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
