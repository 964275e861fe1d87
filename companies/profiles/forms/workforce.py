"""Workforce of a year: totals by category and guidance level, never about one person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from companies.profiles.forms.fields import count_field, fte_field
from companies.profiles.models import WorkforceYear
from companies.profiles.models.workforce import PLACES_MESSAGE, QUALIFIED_MESSAGE
from companies.profiles.services import CellCount, WorkforceInput
from portal.common.choices import GUIDANCE_LABELS, TARGET_GROUP_LABELS
from portal.common.vocabulary import GuidanceLevel, TargetGroup

ZERO = Decimal(0)
CELL_CLASS = "form-control form-control-sm"
TOTALS = (
    "guides_fte",
    "guides_qualified_fte",
    "supervision_fte",
    "doorstroom_heads",
    "enclave_heads",
    "on_location_heads",
)


def cell_name(kind: str, group: TargetGroup, level: GuidanceLevel) -> str:
    """Name of the field of one cell; ``kind`` is ``heads`` or ``fte``."""
    return f"{kind}_{group.value}_{level.value}"


@dataclass(frozen=True)
class CellFields:
    """The two fields of one guidance level."""

    level: Any
    heads: BoundField
    fte: BoundField


@dataclass(frozen=True)
class GroupFields:
    """The fields of one target group."""

    group: Any
    rows: list[CellFields]


class WorkforceForm(forms.Form):
    """Nine cells with heads and FTE, and the totals beside them; empty counts as 0."""

    # Where a refusal of the database belongs (portal.common.refusals).
    rule_fields: ClassVar[dict[str, str]] = {
        "workforce_qualified_at_most_guides": "guides_qualified_fte",
        "workforce_places_within_heads": "on_location_heads",
    }

    guides_fte = fte_field(
        _("Guides (FTE)"),
        help_text=_("Who guides target-group workers on the floor, qualified or in training."),
    )
    guides_qualified_fte = fte_field(
        _("Of whom qualified (FTE)"),
        help_text=_("Two years of experience, a certificate or a recognised training."),
    )
    supervision_fte = fte_field(
        _("Other supervision (FTE)"), help_text=_("Omkadering that does not guide on the floor.")
    )
    doorstroom_heads = count_field(
        _("Moved on to the regular economy this year (persons)"),
        help_text=_("Who has left is not counted above any more."),
    )
    enclave_heads = count_field(
        _("Working in enclaves (persons)"),
        help_text=_("In the core activity of a host company, with a guide always present."),
    )
    on_location_heads = count_field(
        _("Working on location at customers (persons)"),
        help_text=_(
            "Outside the customer's core activity. Count nobody twice: who does both counts "
            "where he or she works most."
        ),
    )

    def __init__(self, *args: Any, workforce: WorkforceYear | None = None, **kwargs: Any) -> None:
        if workforce is not None:
            kwargs["initial"] = initial_of(workforce)
        super().__init__(*args, **kwargs)
        for group, level in self._cells():
            of = {"group": TARGET_GROUP_LABELS[group], "level": GUIDANCE_LABELS[level]}
            heads = count_field(_("Persons: %(group)s, %(level)s") % of)
            fte = fte_field(_("FTE: %(group)s, %(level)s") % of)
            for kind, field in (("heads", heads), ("fte", fte)):
                field.widget.attrs["class"] = CELL_CLASS
                self.fields[cell_name(kind, group, level)] = field

    @staticmethod
    def _cells() -> Iterator[tuple[TargetGroup, GuidanceLevel]]:
        for group in TargetGroup:
            for level in GuidanceLevel:
                yield group, level

    def _cell(self, kind: str, group: TargetGroup, level: GuidanceLevel) -> BoundField:
        """The field of one cell; crispy, which marks wrong fields, does not draw tables."""
        bound = self[cell_name(kind, group, level)]
        if bound.errors:
            bound.field.widget.attrs["class"] = f"{CELL_CLASS} is-invalid"
        return bound

    @property
    def groups(self) -> list[GroupFields]:
        """The nine cells as the page shows them."""
        return [
            GroupFields(
                TARGET_GROUP_LABELS[group],
                [
                    CellFields(
                        GUIDANCE_LABELS[level],
                        self._cell("heads", group, level),
                        self._cell("fte", group, level),
                    )
                    for level in GuidanceLevel
                ],
            )
            for group in TargetGroup
        ]

    def clean(self) -> dict[str, Any]:
        """FTE stay within heads, in each cell; groups of workers within all workers."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for group, level in self._cells():
            fte_name = cell_name("fte", group, level)
            heads = cleaned.get(cell_name("heads", group, level)) or 0
            if (cleaned.get(fte_name) or ZERO) > heads and not self.errors.get(
                cell_name("heads", group, level)
            ):
                self.add_error(fte_name, _("FTE cannot be more than the number of persons."))
        guides = cleaned.get("guides_fte") or ZERO
        if "guides_fte" not in self.errors and (
            (cleaned.get("guides_qualified_fte") or ZERO) > guides
        ):
            self.add_error("guides_qualified_fte", QUALIFIED_MESSAGE)
        self._clean_places(cleaned)
        return cleaned

    def _clean_places(self, cleaned: dict[str, Any]) -> None:
        """Nobody works in two places; asked only when all figures can be read."""
        if self.errors:
            return
        everybody = sum(
            cleaned.get(cell_name("heads", group, level)) or 0 for group, level in self._cells()
        )
        places = [cleaned.get(name) or 0 for name in ("enclave_heads", "on_location_heads")]
        for name, persons in zip(("enclave_heads", "on_location_heads"), places, strict=True):
            if persons > everybody:
                self.add_error(name, _("This is more than all target-group workers together."))
        if not self.errors and sum(places) > everybody:
            self.add_error("on_location_heads", PLACES_MESSAGE)

    def to_input(self) -> WorkforceInput:
        """The figures as the service takes them."""
        cells = {
            (group, level): CellCount(
                self.cleaned_data[cell_name("heads", group, level)] or 0,
                self.cleaned_data[cell_name("fte", group, level)] or ZERO,
            )
            for group, level in self._cells()
        }
        totals: dict[str, Any] = {name: self.cleaned_data[name] or 0 for name in TOTALS}
        return WorkforceInput(cells=cells, **totals)


def initial_of(workforce: WorkforceYear) -> dict[str, Any]:
    """What the form shows for a stored year (``cells`` fetched)."""
    initial: dict[str, Any] = {name: getattr(workforce, name) for name in TOTALS}
    for cell in workforce.cells.all():
        group, level = TargetGroup(cell.target_group), GuidanceLevel(cell.guidance_level)
        initial[cell_name("heads", group, level)] = cell.heads
        initial[cell_name("fte", group, level)] = cell.fte
    return initial
