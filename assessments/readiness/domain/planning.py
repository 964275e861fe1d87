"""Steps that a company takes on: what is agreed, in what state, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import Final

from assessments.readiness.domain.answers import HIGHEST_LEVEL

LONGEST_YEARS: Final = 10
"""A step is planned for at most so many years ahead: later is a slip of the pen."""


class StepState(StrEnum):
    """Where a planned step stands; done and dropped ones can be taken up again."""

    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPlan:
    """What is agreed on one step: who sees to it, by when, to which level (2 to 5)."""

    owner_id: int
    due_on: date
    target_level: int
    remark: str = ""


def step_fingerprint(plan: StepPlan, state: StepState) -> str:
    """A short word that changes when the plan or its state changes.

    A page carries it along, so that a save can tell what somebody else changed since the
    page was opened. No secret: it only protects against mistakes.
    """
    parts = (state, plan.owner_id, plan.due_on.isoformat(), plan.target_level, plan.remark)
    text = "\x1f".join(str(part) for part in parts)
    return blake2b(text.encode(), digest_size=8).hexdigest()


def latest_day(today: date) -> date:
    """The last day for which a step can be planned."""
    # 29 February has no match in most years; the day before it has.
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year + LONGEST_YEARS, day=day)


def day_fits(due_on: date, *, today: date, agreed: date | None = None) -> bool:
    """Today or later, within ten years; a day that was agreed before may stay."""
    return due_on == agreed or today <= due_on <= latest_day(today)


def targets_above(level: int) -> range:
    """Levels to which a step from ``level`` can lead, the next one first."""
    return range(level + 1, HIGHEST_LEVEL + 1)


class StepOutcome(StrEnum):
    """What became of the level, from the worst to the best."""

    LOWER = "lower"
    SAME = "same"
    CLOSER = "closer"
    REACHED = "reached"


def outcome_of(*, then: int | None, now: int | None, target: int) -> StepOutcome | None:
    """Compare the level of today with that of the moment from which the step was planned.

    None when nothing can be said: no level is known now, or none was known then and the
    target is not reached.
    """
    if now is None:
        return None
    if now >= target:
        return StepOutcome.REACHED
    if then is None:
        return None
    if now == then:
        return StepOutcome.SAME
    return StepOutcome.CLOSER if now > then else StepOutcome.LOWER
