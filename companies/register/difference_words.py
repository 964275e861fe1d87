"""What changed at an establishment, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from companies.register import selectors
from companies.register.domain.numbers import format_number
from companies.register.models import DIFFERENCE_FIELDS, Classification, RegisterDifference

FIELD_LABELS: dict[str, Any] = {
    "name": _("Name"),
    "address": _("Address"),
    "activities": _("Activities"),
    "enterprise": _("Enterprise"),
    "legal_situation": _("Legal situation (KBO code)"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed; ``before`` and ``after`` are lines of text, empty for nothing."""

    label: Any
    before: tuple[str, ...]
    after: tuple[str, ...]


def changes_of(differences: Iterable[RegisterDifference]) -> dict[int, list[Change]]:
    """What changed by the key of the difference; one query for the labels of activities."""
    listed = list(differences)
    keys = {
        _key(activity)
        for one in listed
        for side in one.changes.get("activities", ())
        for activity in side
    }
    labels = selectors.nace_labels(keys)
    return {one.pk: list(_changes(one, labels)) for one in listed}


def _changes(one: RegisterDifference, labels: dict[tuple[str, str], str]) -> Iterable[Change]:
    for field in DIFFERENCE_FIELDS:
        if field not in one.changes:
            continue
        before, after = one.changes[field]
        if field == "activities":
            gone = tuple(_activity(each, labels) for each in before if each not in after)
            come = tuple(_activity(each, labels) for each in after if each not in before)
            yield Change(FIELD_LABELS[field], gone, come)
            continue
        if field == "enterprise":
            before, after = (format_number(each) if each else "" for each in (before, after))
        yield Change(FIELD_LABELS[field], _lines(before), _lines(after))


def _lines(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


def _key(activity: str) -> tuple[str, str]:
    """Version and code of ``"2025 10820 MAIN"``."""
    version, code, _class = activity.split()
    return version, code


def _activity(activity: str, labels: dict[tuple[str, str], str]) -> str:
    version, code, weight = activity.split()
    words = " ".join(filter(None, (code, labels.get((version, code), ""))))
    return f"{words} (NACE {version}, {str(Classification(weight).label).lower()})"
