"""What components take: values as rooms have them, turned into what templates show."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils import formats

from portal.common.charts.bars import Row
from portal.common.charts.radar import Series
from portal.common.run_rows import RunStatus
from portal.common.vocabulary import Verdict

Number = int | float | Decimal
UNKNOWN = "–"


class Kind(StrEnum):
    """The tone of a badge or an alert; each has its own icon."""

    NEUTRAL = "neutral"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


_KINDS: dict[str, Kind] = {
    **{kind.value: kind for kind in Kind},
    # What other vocabularies call the same tone: Django's messages, run rows, versions.
    "debug": Kind.NEUTRAL,
    "error": Kind.DANGER,
    RunStatus.QUEUED.value: Kind.NEUTRAL,
    RunStatus.RUNNING.value: Kind.INFO,
    RunStatus.FINISHED.value: Kind.SUCCESS,
    RunStatus.FAILED.value: Kind.DANGER,
    RunStatus.CANCELLED.value: Kind.WARNING,
    "draft": Kind.NEUTRAL,
    "published": Kind.SUCCESS,
    "retired": Kind.WARNING,
}
VERDICT_LEVELS: dict[str, int] = {
    Verdict.HOOG.value: 3,
    Verdict.GEMIDDELD.value: 2,
    Verdict.LAAG.value: 1,
    Verdict.ONVOLLEDIG.value: 0,
}


@dataclass(frozen=True)
class Contribution:
    """One part of a score; ``detail`` says in words where it comes from."""

    label: Any
    value: Number
    detail: Any = ""


def kind_of(name: str) -> Kind:
    """The tone for a status word; unknown words are neutral."""
    return _KINDS.get(str(name).split(" ")[-1], Kind.NEUTRAL)


def localised(value: Number | None, decimals: int | None = None) -> str:
    """A number as this language writes it, with a dash for unknown."""
    if value is None:
        return UNKNOWN
    if decimals is None and isinstance(value, float):
        value, decimals = round(value, 2), None
        if value == int(value):
            decimals = 0
    return str(formats.number_format(value, decimals, use_l10n=True, force_grouping=True))


def key_of(*parts: object) -> str:
    """A short name that is the same for the same content, to link titles with pictures."""
    text = "\x1f".join(str(part) for part in parts)
    return hashlib.blake2s(text.encode(), digest_size=5).hexdigest()


def as_float(value: Any) -> float | None:
    """None stays None; Decimal and int become float."""
    return None if value is None else float(value)


def series_from(given: Iterable[Any]) -> list[Series]:
    """Series given as ``Series`` or as ``(label, values)``."""
    found = []
    for one in given:
        source = one if isinstance(one, Series) else Series(str(one[0]), list(one[1]))
        found.append(
            Series(
                str(source.label),
                [as_float(value) for value in source.values],
                [as_float(value) for value in source.low],
                [as_float(value) for value in source.high],
            )
        )
    return found


def rows_from(given: Iterable[Any], decimals: int | None) -> list[Row]:
    """Bars given as ``Row``, ``(label, value)`` or ``(label, value, text)``."""
    found = []
    for one in given:
        label, value, text = (
            (one.label, one.value, one.text)
            if isinstance(one, Row)
            else (*one, "")[:3]
        )
        found.append(
            Row(str(label), as_float(value), str(text) or localised(value, decimals))
        )
    return found


def contributions_from(given: Iterable[Any]) -> list[Contribution]:
    """Parts given as ``Contribution``, mapping or ``(label, value[, detail])``."""
    found = []
    for one in given:
        if isinstance(one, Contribution):
            found.append(one)
        elif isinstance(one, Mapping):
            found.append(Contribution(one["label"], one["value"], one.get("detail", "")))
        else:
            found.append(Contribution(*one))
    return found


def pairs_from(given: Mapping[Any, Any] | Sequence[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Terms with their values, from a mapping or a sequence of pairs."""
    return list(given.items()) if isinstance(given, Mapping) else [(a, b) for a, b in given]
