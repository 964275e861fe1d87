"""Activities: one fixed row for each cell of the study, and rows for other work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies.profiles.content.cell_codes import ALIKE, SECTOR_PREFIXES
from companies.profiles.enums import FteBand, Seasonality, SeriesSize
from companies.profiles.forms.fields import percent_field, yes_no_field, yes_no_initial
from companies.profiles.models import Activity
from companies.profiles.selectors import NaceKey, NaceLine, WorkTraits, unknown_codes, work_traits
from companies.profiles.services import ActivityInput
from portal.common.choices import CELL_LABELS, NACE_VERSION_CHOICES
from portal.common.vocabulary import Cell, NaceVersion

CELLS: tuple[Cell, ...] = tuple(Cell)
SPARE_ROWS = 2  # empty rows for work outside the study
FEWEST_ROWS = len(CELLS) + SPARE_ROWS
MOST_ROWS = FEWEST_ROWS + 40
CODES_LIST = "register-codes"  # the element of the page with the register's codes
_NACE = re.compile(r"^\d{2,7}$")
DETAILS = (
    "turnover_share",
    "fte_band",
    "custom_work",
    "just_in_time",
    "manual_share",
    "automatable",
    "relocatable",
    "series_size",
    "seasonality",
    "nace_code",
)


class ActivityForm(forms.Form):
    """One row: a tick for a cell of the study, a description for other work."""

    is_done = forms.BooleanField(required=False)
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=200,
        help_text=_("Tells readers what this work is. Do not name workers."),
    )
    turnover_share = percent_field(
        _("Share of turnover (%)"),
        required=False,
        help_text=_("Weighs this activity in verdicts and matches."),
    )
    fte_band = forms.ChoiceField(
        label=_("Size"),
        required=False,
        choices=[("", _("Not known")), *FteBand.choices],
        help_text=_("Shows your adviser how large this activity is."),
    )
    manual_share = percent_field(
        _("Share of manual work (%)"),
        required=False,
        help_text=_("Counts in the verdict on enclave work."),
    )
    automatable = yes_no_field(
        _("Likely to be automated"),
        help_text=_("Counts in the verdict on factories of the future."),
    )
    custom_work = yes_no_field(
        _("Custom work"),
        help_text=_("Counts in the verdicts on reshoring and factories of the future."),
    )
    just_in_time = yes_no_field(
        _("Just-in-time delivery"),
        help_text=_("Counts in the verdicts on reshoring and factories of the future."),
    )
    series_size = forms.ChoiceField(
        label=_("Usual size of an order"),
        required=False,
        choices=[("", _("Not known")), *SeriesSize.choices],
        help_text=_("Counts in the overview on this page: turnover in short series."),
    )
    relocatable = yes_no_field(
        _("Could move to a low-wage country"),
        help_text=_("Counts in the overview on this page: turnover that could be lost."),
    )
    seasonality = forms.ChoiceField(
        label=_("Spread over the year"),
        required=False,
        choices=[("", _("Not known")), *Seasonality.choices],
        help_text=_("Counts in the overview on this page: turnover with peaks."),
    )
    nace_code = forms.CharField(
        label=_("NACE code"),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"list": CODES_LIST}),
    )
    nace_version = forms.ChoiceField(
        label=_("Version of the NACE code"),
        required=False,
        choices=NACE_VERSION_CHOICES,
        initial=NaceVersion.NACE_2025.value,
        help_text=_("The same digits mean other work in another version."),
    )

    def __init__(self, *args: Any, cell: Cell | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cell = cell
        if cell is None:
            del self.fields["is_done"]
            self.fields["nace_code"].help_text = _("Finds partners for this work. Example: 82.92.")
        else:
            self.fields["is_done"].label = CELL_LABELS[cell]
            self.fields["nace_code"].help_text = (
                _("Proposed from the register. Shows your adviser what exactly you do.")
                if self.initial.get("nace_code") and not self.initial.get("is_done")
                else _("Shows your adviser what exactly you do. Example: 82.92.")
            )

    def clean_nace_code(self) -> str:
        """Two to seven digits; dots and blanks are left out."""
        code = re.sub(r"[\s.]", "", str(self.cleaned_data["nace_code"]))
        if code and not _NACE.match(code):
            raise ValidationError(_("A NACE code has two to seven digits."))
        return code

    def clean(self) -> dict[str, Any]:
        """Details belong to an activity that is ticked or described."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        has_details = any(
            cleaned.get(name) not in ("", None)
            # A code that the page itself proposed says nothing yet.
            and (name != "nace_code" or cleaned[name] != self.initial.get(name))
            for name in DETAILS
        )
        if self.cell is None:
            if has_details and not cleaned.get("description"):
                self.add_error("description", _("Describe this activity."))
        elif has_details and not cleaned.get("is_done") and not self.initial.get("is_done"):
            self.add_error("is_done", _("Tick this activity, or empty its details."))
        return cleaned

    @property
    def nace_key(self) -> NaceKey | None:
        """Version and code, when a code is given (after validation)."""
        code = self.cleaned_data["nace_code"]
        version = self.cleaned_data["nace_version"] or NaceVersion.NACE_2025.value
        return (version, code) if code else None

    @property
    def is_kept(self) -> bool:
        """The row stands for an activity (after validation)."""
        return bool(self.cleaned_data.get("is_done") or self.cleaned_data.get("description"))

    @property
    def is_open(self) -> bool:
        """Show the details at once: something is in them, or wrong with them."""
        shown = self.data if self.is_bound else self.initial
        named = self.add_prefix if self.is_bound else str
        return bool(self.errors) or any(
            shown.get(named(name)) for name in ("is_done", "description")
        )

    def to_input(self) -> ActivityInput:
        """The row as the service takes it."""
        values = {name: self.cleaned_data[name] for name in DETAILS}
        return ActivityInput(
            cell=self.cell,
            description=self.cleaned_data["description"],
            nace_version=self.cleaned_data["nace_version"] or NaceVersion.NACE_2025.value,
            **values,
        )


class BaseActivityFormSet(forms.BaseFormSet[ActivityForm]):
    """All rows; their number is ours, whatever the browser sends."""

    stored: tuple[Activity, ...] = ()

    @property
    def traits(self) -> WorkTraits | None:
        """What the stored activities say of the turnover as a whole."""
        return work_traits(self.stored)

    def total_form_count(self) -> int:
        """Ten cells, then as many rows for other work as the page was made with."""
        if self._is_readable:
            asked = int(self.management_form.cleaned_data["TOTAL_FORMS"] or 0)
            return max(FEWEST_ROWS, min(asked, MOST_ROWS))
        return max(FEWEST_ROWS, len(self.initial or ()))

    @property
    def _is_readable(self) -> bool:
        return self.is_bound and self.management_form.is_valid()

    def initial_form_count(self) -> int:
        """Every row may stay empty, so none counts as new."""
        return self.total_form_count()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """The first ten rows stand for the cells."""
        cell = CELLS[index] if index is not None and index < len(CELLS) else None
        return super().get_form_kwargs(index) | {"cell": cell}

    def clean(self) -> None:
        """All rows came, and the shares add up to at most 100."""
        if any(self.errors):
            return
        if self.management_form.cleaned_data["TOTAL_FORMS"] != self.total_form_count():
            # Rows that did not come would count as emptied.
            raise ValidationError(_("The page did not come in whole. Open it again."))
        total = sum(form.cleaned_data["turnover_share"] or 0 for form in self.kept)
        if total > 100:
            raise ValidationError(
                _("The shares of turnover add up to %(total)s %%. At most 100 %% is possible."),
                params={"total": total},
            )
        self._check_codes()

    def _check_codes(self) -> None:
        """Codes stand in the register's list of their version."""
        keys = {form: form.nace_key for form in self.kept if form.nace_key}
        unknown = unknown_codes({key for key in keys.values() if key})
        for form, key in keys.items():
            if key in unknown:
                form.add_error("nace_code", code_message(key, unknown[key]))

    def is_valid(self) -> bool:
        """Errors that ``clean`` put at a row count too."""
        return super().is_valid() and not any(form.errors for form in self.forms)

    @property
    def kept(self) -> list[ActivityForm]:
        """The rows that stand for an activity."""
        return [form for form in self.forms if form.is_kept]

    @property
    def in_study(self) -> list[ActivityForm]:
        """The ten rows of the study."""
        return self.forms[: len(CELLS)]

    @property
    def outside(self) -> list[ActivityForm]:
        """The rows for other work."""
        return self.forms[len(CELLS) :]


ActivityFormSet = forms.formset_factory(ActivityForm, formset=BaseActivityFormSet, extra=0)


def _initial(activity: Activity) -> dict[str, Any]:
    return {
        "is_done": True,
        "description": activity.description,
        "turnover_share": activity.turnover_share,
        "fte_band": activity.fte_band,
        "custom_work": yes_no_initial(activity.custom_work),
        "just_in_time": yes_no_initial(activity.just_in_time),
        "manual_share": activity.manual_share,
        "automatable": yes_no_initial(activity.automatable),
        "relocatable": yes_no_initial(activity.relocatable),
        "series_size": activity.series_size,
        "seasonality": activity.seasonality,
        "nace_code": activity.nace_code,
        "nace_version": activity.nace_version,
    }


def code_message(key: NaceKey, elsewhere: Sequence[str]) -> ValidationError:
    """What is wrong with a code that the list of its version lacks."""
    version, code = key
    values = {"code": code, "version": version, "others": ", ".join(elsewhere)}
    if elsewhere:
        return ValidationError(
            _("NACE %(version)s has no code %(code)s, but NACE %(others)s has. Check the version."),
            params=values,
        )
    return ValidationError(
        _("NACE %(version)s has no code %(code)s. Check for a typing mistake."), params=values
    )


def _proposed(cell: Cell, codes: Iterable[NaceLine]) -> dict[str, Any]:
    """The first code of the register that fits the sector of the cell."""
    for line in codes:
        if line.version in ALIKE and line.code.startswith(SECTOR_PREFIXES[cell.sector]):
            return {"nace_code": line.code, "nace_version": line.version}
    return {}


def activity_formset(
    activities: Iterable[Activity],
    data: Mapping[str, Any] | None = None,
    register_codes: Sequence[NaceLine] = (),
) -> BaseActivityFormSet:
    """The rows of a company, filled with what is known; the register's codes are proposed."""
    stored = list(activities)
    by_cell = {activity.cell: activity for activity in stored if activity.cell}
    rows = [
        _initial(by_cell[cell]) if cell in by_cell else _proposed(cell, register_codes)
        for cell in CELLS
    ]
    rows += [_initial(activity) for activity in stored if not activity.cell]
    rows += [{} for _spare in range(SPARE_ROWS)]
    formset = cast("BaseActivityFormSet", ActivityFormSet(data, initial=rows, prefix="activity"))
    formset.stored = tuple(stored)
    return formset
