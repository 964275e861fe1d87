"""What components take: values as rooms have them, turned into what templates show."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
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
class Overriding:
    """A verdict that a person gave in place of the computed one, and why."""

    verdict: str
    by: str
    reason: str
    at: datetime


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
    """A number as this language writes it, rounded half up; a dash for unknown.

    Without ``decimals`` whole numbers show none and others at most two.
    """
    if value is None:
        return UNKNOWN
    exact = Decimal(str(value))
    if decimals is None:
        exact = exact.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
        decimals = max(0, -int(exact.as_tuple().exponent))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    # Django's own formatting cuts decimals off instead of rounding, so it gets them rounded.
    return str(formats.number_format(rounded, decimals, use_l10n=True, force_grouping=True))


def parts_adding_up(parts: Sequence[Number], total: Number, decimals: int) -> list[Decimal]:
    """The parts rounded so that what is shown adds up to the rounded total.

    Each part moves by less than one unit of the last decimal (largest remainders).
    ValueError when the parts are not the total to begin with.
    """
    unit = Decimal(1).scaleb(-decimals)
    exact = [Decimal(str(part)) / unit for part in parts]
    whole = (Decimal(str(total)) / unit).quantize(Decimal(1), ROUND_HALF_UP)
    if abs(sum(exact) - Decimal(str(total)) / unit) > Decimal("0.5"):
        raise ValueError(f"Parts add up to {sum(parts)}, not to {total}")
    floors = [part.to_integral_value(ROUND_FLOOR) for part in exact]
    missing = int(whole - sum(floors))
    by_remainder = sorted(range(len(exact)), key=lambda i: (floors[i] - exact[i], i))
    for index in range(abs(missing)):
        place = by_remainder[index if missing > 0 else -1 - index]
        floors[place] += 1 if missing > 0 else -1
    return [part * unit for part in floors]


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
            (one.label, one.value, one.text) if isinstance(one, Row) else (*one, "")[:3]
        )
        found.append(Row(str(label), as_float(value), str(text) or localised(value, decimals)))
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
