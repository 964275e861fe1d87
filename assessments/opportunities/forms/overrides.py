"""Forms of an adviser who judges otherwise, and of a member who has seen what moved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.opportunities.models import Assessment, VerdictOverride
from assessments.opportunities.models.override import LEVEL_CHOICES
from portal.common.forms import PortalFormMixin
from portal.common.vocabulary import Opportunity, Verdict

REASON_LENGTH = VerdictOverride._meta.get_field("reason").max_length
_PARTS = 3


class OverrideForm(PortalFormMixin, forms.Form):
    """Another verdict than the computed one, and why.

    ``seen`` is the key of the outcome that stood on the page.
    """

    submit_label = _("Give this verdict")

    verdict = forms.ChoiceField(
        label=_("Your verdict"),
        choices=list(reversed(LEVEL_CHOICES)),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a verdict.")},
    )
    reason = forms.CharField(
        label=_("Why you judge otherwise"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 5}),
        help_text=_(
            "The company reads this, and so do colleagues who follow it. "
            "Name what the portal does not know."
        ),
        error_messages={"required": _("Write why you judge otherwise.")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def chosen(self) -> Verdict:
        """What was chosen; only after ``is_valid()``."""
        return Verdict(self.cleaned_data["verdict"])


def after_other_outcome(form: OverrideForm, current: Assessment | None) -> OverrideForm:
    """The same form as it was typed, now about the outcome that stands there."""
    data: dict[str, Any] = {name: form.data.get(name, "") for name in ("verdict", "reason")}
    again = OverrideForm({**data, "seen": current.pk if current else ""})
    again.is_valid()
    return again


class EndForm(PortalFormMixin, forms.Form):
    """The computed verdict may count again."""

    submit_label = _("End this verdict")

    ended_reason = forms.CharField(
        label=_("Why it ends (not required)"),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class SeenForm(forms.Form):
    """What stood in the notice, as ``telling.seen_token`` wrote it; and where to go back to."""

    token = forms.CharField(max_length=400)
    back = forms.ChoiceField(choices=[("overview", ""), ("home", "")])

    def clean_token(self) -> dict[Opportunity, tuple[int, int | None]]:
        """Per opportunity the keys of the outcome and of the verdict of an adviser, if any."""
        found: dict[Opportunity, tuple[int, int | None]] = {}
        for word in str(self.cleaned_data["token"]).split():
            parts = word.split(":")
            if len(parts) != _PARTS or parts[0] not in set(Opportunity):
                raise forms.ValidationError(_("This is not from a page of the portal."))
            if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts[1:]):
                raise forms.ValidationError(_("This is not from a page of the portal."))
            found[Opportunity(parts[0])] = int(parts[1]), int(parts[2]) or None
        return found
