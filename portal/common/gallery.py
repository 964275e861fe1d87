"""Sample data for the gallery of components."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.charts.radar import Series
from portal.common.choices import CELL_CHOICES, GUIDANCE_CHOICES, PROVINCE_CHOICES
from portal.common.components import Contribution, Kind, Overriding
from portal.common.forms import PortalFormMixin
from portal.common.vocabulary import Verdict


class SampleForm(PortalFormMixin, forms.Form):
    """One field of each kind."""

    autocomplete = {"name": "name", "email": "email"}

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=80)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("We send the confirmation here."),
    )
    workers = forms.IntegerField(label=gettext_lazy("Target-group workers"), min_value=0)
    guidance = forms.ChoiceField(
        label=gettext_lazy("Begeleidingsgraad"),
        choices=GUIDANCE_CHOICES,
        widget=forms.RadioSelect,
    )
    steps = forms.MultipleChoiceField(
        label=gettext_lazy("Activities"),
        choices=CELL_CHOICES[:3],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    province = forms.ChoiceField(
        label=gettext_lazy("Province"), choices=[("", "–"), *PROVINCE_CHOICES], required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), widget=forms.Textarea({"rows": 3}), required=False
    )
    agreed = forms.BooleanField(label=gettext_lazy("I have checked these figures"))


def sample_context() -> dict[str, Any]:
    """Everything that the gallery page shows; nothing comes from the database."""
    axes = [
        _("Modern technology"),
        _("Designing end to end"),
        _("Digital factory"),
        _("People at the centre"),
        _("Production network"),
        _("Care for the environment"),
        _("Smart production system"),
    ]
    return {
        "verdicts": list(Verdict),
        "override": Overriding(
            Verdict.HOOG.value,
            _("An Adviser"),
            _("A second host company signed last week."),
            timezone.now(),
        ),
        "kinds": [
            (Kind.NEUTRAL, _("Waiting")),
            (Kind.INFO, _("Busy")),
            (Kind.SUCCESS, _("Finished")),
            (Kind.WARNING, _("Please check")),
            (Kind.DANGER, _("Failed")),
        ],
        "axes": axes,
        "series": [
            Series(
                _("Your company"),
                [2.4, 1.8, 3, 4.2, 2, 3.4, 1.6],
                low=[2, 1.8, 3, 4, 2, 3, 1],
                high=[3, 1.8, 3, 4.4, 2, 4, 2.4],
            ),
            Series(_("Middle of the sector"), [2, 2.2, 2.4, 3.6, 2.6, None, 2]),
        ],
        "bars": [
            (_("Raw materials: food"), 4),
            (_("Making: metal"), 11),
            (_("Handling: packaging"), 17),
            (_("Handling: textile"), None),
        ],
        "contributions": [
            Contribution(_("Activity"), 18.9, _("0.54 × weight 0.35, from the codes that meet")),
            Contribution(_("Distance"), 12, _("10 km from the nearest establishment")),
            Contribution(_("Capacity"), 11.25, _("8 places sought")),
            Contribution(_("Competences"), 10, _("the company has what is asked")),
            Contribution(_("Spread of customers"), 12.75),
            Contribution(_("Contact"), 1.5, _("never contacted")),
        ],
        "facts": [
            (_("Enterprise number"), "0999.999.922"),
            (_("Seat"), "Gent"),
            (_("Target-group workers"), 84),
        ],
        "step_labels": [_("Company"), _("Activities"), _("Workforce"), _("Check and send")],
        "page_of_many": Paginator(range(240), 20).page(4),
        "single_page": Paginator(range(3), 20).page(1),
        "large": 1234567.891,
        "unknown": None,
        "form": SampleForm({"name": "", "email": "demo", "workers": "12", "steps": []}),
    }
