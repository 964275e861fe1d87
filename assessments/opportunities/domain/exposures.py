"""How much the threats and trends of the sector study touch a company, from the same facts.

Signs raise or lower the exposure by one; the sum is low (0 or less), middle (1) or high
(2 or more). A sign whose fact is open counts as an interval, as a rule does: when the two
ends give another level, the level is unknown. The study (2018) describes threats and trends
in words only; signs and thresholds are a reading of the portal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assessments.opportunities.domain.facts import OPTIONAL, FactName, Facts, Span
from assessments.opportunities.domain.rules import Operator, RuleState, state_of


class SubjectKind(StrEnum):
    """What a company is exposed to."""

    THREAT = "threat"
    TREND = "trend"


class ExposureLevel(StrEnum):
    """How much; unknown while missing facts can still change it."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sign:
    """``fact`` meeting the condition raises (+1) or lowers (-1) the exposure."""

    fact: FactName
    operator: Operator
    operand: Fraction | None
    step: int


@dataclass(frozen=True, slots=True)
class Subject:
    """A threat or trend by its code, with what shows that a company is exposed to it."""

    slug: str
    kind: SubjectKind
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class SignResult:
    """A sign, the value that it saw, and what became of it."""

    sign: Sign
    span: Span | None
    state: RuleState


@dataclass(frozen=True, slots=True)
class Exposure:
    """The level, its ends, and every sign; ``level`` is unknown when the ends differ."""

    subject: Subject
    lowest: ExposureLevel
    highest: ExposureLevel
    signs: tuple[SignResult, ...]

    @property
    def level(self) -> ExposureLevel:
        """The one level that every completion gives, or unknown."""
        return self.lowest if self.lowest is self.highest else ExposureLevel.UNKNOWN


def exposures(facts: Facts, subjects: Iterable[Subject]) -> tuple[Exposure, ...]:
    """The exposure to each subject, in their order."""
    return tuple(_exposure(facts, subject) for subject in subjects)


def _exposure(facts: Facts, subject: Subject) -> Exposure:
    signs = tuple(_look(facts, sign) for sign in subject.signs)
    sure = sum(item.sign.step for item in signs if item.state is RuleState.FIRED)
    open_ = [item.sign.step for item in signs if item.state is RuleState.MISSING]
    return Exposure(
        subject,
        _level(sure + sum(step for step in open_ if step < 0)),
        _level(sure + sum(step for step in open_ if step > 0)),
        signs,
    )


def _look(facts: Facts, sign: Sign) -> SignResult:
    span = facts.values.get(sign.fact)
    if span is None and sign.fact in OPTIONAL:
        return SignResult(sign, None, RuleState.NOT_ASKED)
    return SignResult(sign, span, state_of(sign.operator, sign.operand, span))


def _level(score: int) -> ExposureLevel:
    if score <= 0:
        return ExposureLevel.LOW
    return ExposureLevel.MIDDLE if score == 1 else ExposureLevel.HIGH
