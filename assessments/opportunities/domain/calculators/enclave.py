"""Enclave planner: whether a team may start at a host, with these guides, on this day.

An enclave is guided work in the core activity of a host. Rules: the sector study (2018)
on where people may work; the questions and answers on maatwerk (norm for guides,
presence, report to the department, host as another legal entity); the collective
agreement of 22 January 2019 for what an enclave is. The norm for guides is dated data
and passed in. One thing is our own reading: who always has a guide present needs at
least as many guides as it takes to have one there during all hours (``hours_fte``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from assessments.opportunities.domain.calculators.figures import (
    Unit,
    choice,
    day,
    number,
    values_of,
    yes_no,
)
from assessments.opportunities.domain.calculators.formula import Formula, Ref
from assessments.opportunities.domain.calculators.functions import Known, Largest, known_of
from assessments.opportunities.domain.calculators.sheet import (
    LineSpec,
    Notice,
    Severity,
    Sheet,
    Source,
    calculate,
)
from portal.common.vocabulary import GuidanceLevel

TEAM: Final = "team"
HOST: Final = "host"
AGREEMENT: Final = "agreement"
RESULT: Final = "result"

# The report must be in at least this long before the first day.
NOTICE_PERIOD: Final = timedelta(days=1)
# From this share of turnover on, the rules that ship call a host too large.
HOST_SHARE_LIMIT: Final = Fraction(40)


class Presence(StrEnum):
    """How near a guide must be, from the strictest."""

    ALWAYS = "always"
    PER_NORM = "per_norm"
    ON_CALL = "on_call"


class Code(StrEnum):
    """What the planner has to say."""

    TEAM_EMPTY = "team_empty"
    NOT_AN_ENCLAVE = "not_an_enclave"
    PRESENCE_TOO_LOW = "presence_too_low"
    GUIDES_SHORT = "guides_short"
    SAME_LEGAL_ENTITY = "same_legal_entity"
    HOST_INSTRUCTS = "host_instructs"
    NO_AGREEMENT = "no_agreement"
    REPORTED_TOO_LATE = "reported_too_late"
    TOO_LATE_TO_REPORT = "too_late_to_report"
    NOT_REPORTED_YET = "not_reported_yet"
    HOST_SHARE_LARGE = "host_share_large"
    HOST_ABOVE_TURNOVER = "host_above_turnover"


CODES: Final = tuple(Code)


def _fte() -> dict[str, Any]:
    return number(TEAM, Unit.FTE, 5_000, start=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclaveInputs:
    """One team at one host, in FTE totals; ``None`` is an empty field.

    ``core_activity``: the work is part of the host's core activity. ``planned_presence``
    is a ``Presence``. ``notified`` is the day on which the department was told.
    """

    core_activity: bool = field(metadata=yes_no(HOST))

    fte_high: Decimal | None = field(default=None, metadata=_fte())
    fte_middle: Decimal | None = field(default=None, metadata=_fte())
    fte_low: Decimal | None = field(default=None, metadata=_fte())
    guides_available: Decimal | None = field(default=None, metadata=number(TEAM, Unit.FTE, 5_000))
    hours_fte: Decimal | None = field(
        default=None, metadata=number(TEAM, Unit.FTE, 5, minimum="0.1", start=1)
    )
    planned_presence: str | None = field(default=None, metadata=choice(TEAM, tuple(Presence)))

    host_turnover: Decimal | None = field(
        default=None, metadata=number(HOST, Unit.EUR_PER_YEAR, 1_000_000_000)
    )
    turnover: Decimal | None = field(
        default=None, metadata=number(HOST, Unit.EUR_PER_YEAR, 1_000_000_000, minimum=1)
    )

    other_legal_entity: bool | None = field(default=None, metadata=yes_no(AGREEMENT))
    written_agreement: bool | None = field(default=None, metadata=yes_no(AGREEMENT))
    own_instructions: bool | None = field(default=None, metadata=yes_no(AGREEMENT))
    start: date | None = field(default=None, metadata=day(AGREEMENT))
    notified: date | None = field(default=None, metadata=day(AGREEMENT))


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclaveResult:
    """The sheet, how near a guide must be, and the last day to tell the department.

    ``presence`` is None while it hangs on levels that are not filled in.
    """

    sheet: Sheet
    presence: Presence | None
    notify_by: date | None
    empty_lines: tuple[str, ...]
    notices: tuple[Notice, ...]

    @property
    def may_start(self) -> bool:
        """Nothing known stands in the way; empty fields may still hide something."""
        return all(notice.severity is not Severity.BLOCK for notice in self.notices)


_LEVELS: Final = {
    GuidanceLevel.HOOG: "fte_high",
    GuidanceLevel.MIDDEN: "fte_middle",
    GuidanceLevel.LAAG: "fte_low",
}
# The norm comes in as values of these names, one per guidance level.
NORM_NAMES: Final = {level: f"norm_{level.value}" for level in GuidanceLevel}


def _line(key: str, unit: Unit, formula: Formula, group: str = RESULT) -> LineSpec:
    return LineSpec(key=key, group=group, unit=unit, formula=formula)


_NEEDED: Final = "guides_needed"
LINES: Final = (
    _line("team_fte", Unit.FTE, known_of(*_LEVELS.values()), TEAM),
    _line(
        "guides_norm",
        Unit.FTE,
        Known(tuple(Ref(name) / Ref(NORM_NAMES[level]) for level, name in _LEVELS.items())),
    ),
    # The answer counts as 1 or 0: without core activity nobody must always be there.
    _line("guides_present", Unit.FTE, Ref("core_activity") * Ref("hours_fte")),
    _line(_NEEDED, Unit.FTE, Largest(Ref("guides_norm"), Ref("guides_present"))),
    _line("guides_surplus", Unit.FTE, Ref("guides_available") - Ref(_NEEDED)),
    _line("host_share", Unit.PERCENT, Ref("host_turnover") / Ref("turnover") * 100, HOST),
)


def enclave(
    inputs: EnclaveInputs, *, fte_per_guide: Mapping[GuidanceLevel, Decimal], today: date
) -> EnclaveResult:
    """The whole plan. ``fte_per_guide`` is the norm in force: FTE that one guide serves."""
    norms = {NORM_NAMES[level]: Fraction(fte_per_guide[level]) for level in GuidanceLevel}
    sheet = calculate(LINES, {**values_of(inputs), **norms})
    presence = presence_rule(inputs)
    return EnclaveResult(
        sheet=sheet,
        presence=presence,
        notify_by=None if inputs.start is None else inputs.start - NOTICE_PERIOD,
        empty_lines=sheet.empty,
        notices=(
            *_about_team(inputs, sheet, presence),
            *_about_agreement(inputs),
            *_about_report(inputs, today),
            *_about_host(sheet),
        ),
    )


def presence_rule(inputs: EnclaveInputs) -> Presence | None:
    """How near a guide must be; None while that hangs on an empty level.

    In the core activity of the host a guide is always there, even when everybody has
    the low level. Elsewhere the low level alone may do with a guide on call, and the
    norm of each level holds for any other team. An empty level is not 0 here either.
    """
    if inputs.core_activity:
        return Presence.ALWAYS
    others = (inputs.fte_high, inputs.fte_middle)
    if any(others):
        return Presence.PER_NORM
    return Presence.ON_CALL if inputs.fte_low and None not in others else None


def enclave_feeds(result: EnclaveResult) -> Mapping[str, Fraction]:
    """``enclave_guides_surplus_fte`` and ``host_share_percent``, those that are known."""
    found = {
        "enclave_guides_surplus_fte": result.sheet.value("guides_surplus"),
        "host_share_percent": result.sheet.value("host_share"),
    }
    return {name: value for name, value in found.items() if value is not None}


def _block(code: Code, source: Source, **more: Any) -> Notice:
    return Notice(code=code, severity=Severity.BLOCK, source=source, **more)


def _warning(code: Code, source: Source, **more: Any) -> Notice:
    return Notice(code=code, severity=Severity.WARNING, source=source, **more)


def _about_team(inputs: EnclaveInputs, sheet: Sheet, presence: Presence | None) -> list[Notice]:
    found = []
    if sheet.value("team_fte") == 0:
        found.append(_block(Code.TEAM_EMPTY, Source.ARITHMETIC))
    if not inputs.core_activity:
        found.append(_warning(Code.NOT_AN_ENCLAVE, Source.STUDY_2018))
    strictest = list(Presence)
    planned = inputs.planned_presence
    if (
        planned is not None
        and presence is not None
        and strictest.index(Presence(planned)) > strictest.index(presence)
    ):
        found.append(_block(Code.PRESENCE_TOO_LOW, Source.STUDY_2018))
    surplus = sheet.value("guides_surplus")
    if surplus is not None and surplus < 0:
        short = {"guides_short": -surplus}
        found.append(_block(Code.GUIDES_SHORT, Source.MAATWERK_FAQ, figures=short))
    return found


def _about_agreement(inputs: EnclaveInputs) -> list[Notice]:
    """Only a "no" blocks: an empty answer is not a "no"."""
    found = []
    if inputs.core_activity and inputs.other_legal_entity is False:
        found.append(_block(Code.SAME_LEGAL_ENTITY, Source.MAATWERK_FAQ))
    if inputs.core_activity and inputs.written_agreement is False:
        found.append(_block(Code.NO_AGREEMENT, Source.CAO_2019))
    if inputs.own_instructions is False:
        found.append(_block(Code.HOST_INSTRUCTS, Source.MAATWERK_FAQ))
    return found


def _about_report(inputs: EnclaveInputs, today: date) -> list[Notice]:
    """The department hears of an enclave at least a day before it starts."""
    if not inputs.core_activity or inputs.start is None:
        return []
    last_day = inputs.start - NOTICE_PERIOD
    days = {"notify_by": last_day}
    if inputs.notified is not None:
        if inputs.notified <= last_day:
            return []
        return [_block(Code.REPORTED_TOO_LATE, Source.MAATWERK_FAQ, days=days)]
    if today > last_day:
        return [_block(Code.TOO_LATE_TO_REPORT, Source.MAATWERK_FAQ, days=days)]
    return [_warning(Code.NOT_REPORTED_YET, Source.MAATWERK_FAQ, days=days)]


def _about_host(sheet: Sheet) -> list[Notice]:
    share = sheet.value("host_share")
    if share is None:
        return []
    figures = {"host_share": share}
    if share > 100:
        return [_warning(Code.HOST_ABOVE_TURNOVER, Source.ARITHMETIC, figures=figures)]
    if share >= HOST_SHARE_LIMIT:
        return [_warning(Code.HOST_SHARE_LARGE, Source.RULE_SET, figures=figures)]
    return []
