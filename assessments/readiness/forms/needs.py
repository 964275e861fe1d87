"""The page of the support needs as a form: for each need a share of the teams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from assessments.readiness.domain.parts import SupportNeed, TeamShare
from assessments.readiness.forms.wording import SAVE_AGAIN, USE_SAVE
from assessments.readiness.models import TEAM_SHARE_LABELS
from assessments.readiness.models.questionnaire import SUPPORT_NEED_LABELS
from assessments.readiness.services import NeedChange, NeedsSaved

NEED_EXAMPLES: Final[Mapping[SupportNeed, Any]] = {
    SupportNeed.COGNITIVE: _("Such as remembering the order of steps, counting, or choosing."),
    SupportNeed.MOTOR: _("Such as fine handwork, lifting, reaching, or standing for long."),
    SupportNeed.SENSORY: _("Such as small print, noise, or instructions in another language."),
    SupportNeed.PSYCHOSOCIAL: _(
        "Such as stress when plans change, working together, or asking for help."
    ),
}


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need as the page shows it; ``options`` are (code, words, chosen).

    ``stored`` is what is stored, in words; empty for nothing.
    """

    need: SupportNeed
    label: Any
    example: Any
    stored: Any
    share: BoundField
    seen: BoundField
    told: BoundField
    options: tuple[tuple[str, Any, bool], ...]


class NeedsForm(forms.Form):
    """In how many teams each need occurs; what is not answered may stay so.

    ``seen`` and ``told`` work as in ``TransitionForm``.
    """

    def __init__(
        self,
        stored: Mapping[SupportNeed, TeamShare],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data)
        self.stored = stored
        for need in SupportNeed:
            now = stored.get(need)
            self.fields[f"{need}-share"] = forms.TypedChoiceField(
                label=SUPPORT_NEED_LABELS[need],
                required=False,
                coerce=TeamShare,
                empty_value=None,
                choices=[(share.value, TEAM_SHARE_LABELS[share]) for share in TeamShare],
                widget=forms.RadioSelect,
                initial=now.value if now else "",
            )
            for name, initial in (("seen", now.value if now else ""), ("told", "")):
                self.fields[f"{need}-{name}"] = forms.CharField(
                    required=False, widget=forms.HiddenInput, initial=initial
                )

    def changes(self, *, knowingly: bool) -> dict[SupportNeed, NeedChange]:
        """What was chosen and is valid; after ``is_valid()``. See ``TransitionForm.changes``."""
        found = {}
        for need in SupportNeed:
            typed = self.cleaned_data.get(f"{need}-share")
            seen = self.cleaned_data.get(f"{need}-seen", "")
            told = self.cleaned_data.get(f"{need}-told", "") if knowingly else ""
            if typed is not None:
                found[need] = NeedChange(seen=told or seen, typed=typed)
        return found

    def new_values(self, saved: NeedsSaved) -> dict[str, str]:
        """After an autosave: what the page has seen of the needs that stand as typed."""
        values = {}
        for need in saved.agreed:
            values[f"{need}-seen"] = self.cleaned_data[f"{need}-share"].value
            values[f"{need}-told"] = ""
        return values

    def messages(
        self,
        saved: NeedsSaved,
        stored: Mapping[SupportNeed, TeamShare],
        *,
        knowingly: bool,
    ) -> dict[str, list[Any]]:
        """What was not stored and why, by the name of the field; ``stored`` is what is now."""
        found: dict[str, list[Any]] = {name: list(errors) for name, errors in self.errors.items()}
        text = SAVE_AGAIN if knowingly else USE_SAVE
        for need in saved.conflicts:
            found[f"{need}-share"] = [text % {"now": TEAM_SHARE_LABELS[stored[need]]}]
        return found

    def after_conflict(
        self, saved: NeedsSaved, stored: Mapping[SupportNeed, TeamShare]
    ) -> NeedsForm:
        """The page after a save that met somebody else's; as ``TransitionForm.after_refusal``."""
        data: dict[str, Any] = {}
        for need in SupportNeed:
            now = stored[need].value if need in stored else ""
            clashes = need in saved.conflicts
            data[f"{need}-share"] = self[f"{need}-share"].value() if clashes else now
            data[f"{need}-seen"] = self[f"{need}-seen"].value() if clashes else now
            data[f"{need}-told"] = now if clashes else ""
        shown = NeedsForm(stored, data)
        for name, texts in self.messages(saved, stored, knowingly=True).items():
            shown.add_error(name, texts)
        return shown

    def rows(self) -> Iterator[NeedRow]:
        """The needs in order, with what was chosen."""
        for need in SupportNeed:
            share = self[f"{need}-share"]
            chosen = str(share.value() or "")
            yield NeedRow(
                need=need,
                label=SUPPORT_NEED_LABELS[need],
                example=NEED_EXAMPLES[need],
                stored=TEAM_SHARE_LABELS[self.stored[need]] if need in self.stored else "",
                share=share,
                seen=self[f"{need}-seen"],
                told=self[f"{need}-told"],
                options=tuple(
                    (one.value, TEAM_SHARE_LABELS[one], chosen == one.value) for one in TeamShare
                ),
            )
