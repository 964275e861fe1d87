"""Introductions of a company to a partner: states, and the steps that lead to them.

The table below is the whole of the rules: which step may follow which state, who may take
it, and what must be said with it. Steps are only added, so the state of an introduction is
where its last step led.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where an introduction stands."""

    PROPOSED = "proposed"
    COMPANY_AGREES = "company_agrees"
    CONTACTED = "contacted"
    PARTNER_INTERESTED = "partner_interested"
    DECLINED = "declined"
    MEETING = "meeting"
    AGREEMENT = "agreement"
    RUNNING = "running"
    ENDED = "ended"


FINAL_STATES = frozenset({State.DECLINED, State.ENDED})
OPEN_STATES = frozenset(State) - FINAL_STATES
# The partner knows of it.
INTRODUCED_STATES = frozenset(
    {
        State.CONTACTED,
        State.PARTNER_INTERESTED,
        State.MEETING,
        State.AGREEMENT,
        State.RUNNING,
    }
)
BEFORE_AGREEMENT = frozenset(
    {
        State.PROPOSED,
        State.COMPANY_AGREES,
        State.CONTACTED,
        State.PARTNER_INTERESTED,
        State.MEETING,
    }
)


class Side(StrEnum):
    """On whose behalf a step is taken or an opinion given."""

    COMPANY = "company"
    ADVISER = "adviser"
    PARTNER = "partner"


# Whose opinion of a match counts; an adviser proposes, the two decide.
OPINION_SIDES = (Side.COMPANY, Side.PARTNER)


class Reason(StrEnum):
    """Why one of the two decided against it, or why it ended."""

    # Against it
    ACTIVITY = "activity"
    DISTANCE = "distance"
    CAPACITY = "capacity"
    QUALITY = "quality"
    PRICE = "price"
    NO_NEED = "no_need"
    KNOWN = "known"
    COMPETITOR = "competitor"
    WRONG_ENTRY = "wrong_entry"
    # The end of it
    COMPLETED = "completed"
    STOPPED_BY_COMPANY = "stopped_by_company"
    STOPPED_BY_PARTNER = "stopped_by_partner"
    NO_ANSWER = "no_answer"
    POSTPONED = "postponed"
    MISTAKE = "mistake"
    # Both; it takes words
    OTHER = "other"


REFUSALS: tuple[Reason, ...] = (
    Reason.ACTIVITY,
    Reason.DISTANCE,
    Reason.CAPACITY,
    Reason.QUALITY,
    Reason.PRICE,
    Reason.NO_NEED,
    Reason.KNOWN,
    Reason.COMPETITOR,
    Reason.WRONG_ENTRY,
    Reason.OTHER,
)
ENDS: tuple[Reason, ...] = (
    Reason.COMPLETED,
    Reason.STOPPED_BY_COMPANY,
    Reason.STOPPED_BY_PARTNER,
    Reason.OTHER,
)
SHELVINGS: tuple[Reason, ...] = (
    Reason.NO_ANSWER,
    Reason.POSTPONED,
    Reason.MISTAKE,
    Reason.OTHER,
)


class Transition(StrEnum):
    """The steps by name."""

    PROPOSE = "propose"
    ASK = "ask"
    AGREE = "agree"
    CONTACT = "contact"
    SHOW_INTEREST = "show_interest"
    COMPANY_DECLINES = "company_declines"
    PARTNER_DECLINES = "partner_declines"
    MEET = "meet"
    SIGN = "sign"
    START = "start"
    END = "end"
    SHELVE = "shelve"


@dataclass(frozen=True, slots=True)
class Rule:
    """One step: what it leads to, after which states, by whom, and what must be given.

    An empty ``after`` begins an introduction. ``reasons`` are those to choose from, none
    when no reason is asked. ``has_day`` asks the day of what the step is about.
    """

    to: State
    after: frozenset[State]
    sides: frozenset[Side]
    reasons: tuple[Reason, ...] = ()
    has_day: bool = False

    @property
    def begins(self) -> bool:
        """The first step of an introduction."""
        return not self.after


_COMPANY = frozenset({Side.COMPANY})
_ADVISER = frozenset({Side.ADVISER})
_EITHER = frozenset({Side.COMPANY, Side.ADVISER})
_FOR_PARTNER = frozenset({Side.PARTNER, Side.ADVISER})

TRANSITIONS: Mapping[Transition, Rule] = {
    # A partner that proposes itself has asked for the company.
    Transition.PROPOSE: Rule(State.PROPOSED, frozenset(), _FOR_PARTNER),
    Transition.ASK: Rule(State.COMPANY_AGREES, frozenset(), _COMPANY),
    # Nobody agrees in the company's place.
    Transition.AGREE: Rule(State.COMPANY_AGREES, frozenset({State.PROPOSED}), _COMPANY),
    Transition.CONTACT: Rule(State.CONTACTED, frozenset({State.COMPANY_AGREES}), _ADVISER),
    Transition.SHOW_INTEREST: Rule(
        State.PARTNER_INTERESTED, frozenset({State.CONTACTED}), _FOR_PARTNER
    ),
    Transition.COMPANY_DECLINES: Rule(State.DECLINED, BEFORE_AGREEMENT, _EITHER, reasons=REFUSALS),
    Transition.PARTNER_DECLINES: Rule(
        State.DECLINED, BEFORE_AGREEMENT, _FOR_PARTNER, reasons=REFUSALS
    ),
    Transition.MEET: Rule(
        State.MEETING,
        frozenset({State.PARTNER_INTERESTED, State.MEETING}),
        frozenset(Side),
        has_day=True,
    ),
    Transition.SIGN: Rule(
        State.AGREEMENT,
        frozenset({State.PARTNER_INTERESTED, State.MEETING}),
        _EITHER,
        has_day=True,
    ),
    Transition.START: Rule(State.RUNNING, frozenset({State.AGREEMENT}), _EITHER, has_day=True),
    Transition.END: Rule(
        State.ENDED,
        frozenset({State.AGREEMENT, State.RUNNING}),
        _EITHER,
        reasons=ENDS,
        has_day=True,
    ),
    # Nobody refused, yet nothing comes of it.
    Transition.SHELVE: Rule(State.ENDED, BEFORE_AGREEMENT, _ADVISER, reasons=SHELVINGS),
}


class StepError(ValueError):
    """A step that may not be taken like this."""


class WrongStateError(StepError):
    """This step does not follow the state, for instance because somebody else took one."""


class WrongSideError(StepError):
    """This step is somebody else's to take."""


class ReasonError(StepError):
    """A reason is missing, does not belong to this step, or lacks its words."""


class DayError(StepError):
    """The day is missing, or given where none is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step as somebody wants to take it."""

    transition: Transition
    side: Side
    reason: Reason | None = None
    words: str = ""
    day: date | None = None


def next_steps(state: State | None, sides: Iterable[Side]) -> tuple[Transition, ...]:
    """The steps that any of ``sides`` may take next; those that end it come last.

    ``state`` is None before an introduction begins.
    """
    mine = frozenset(sides)
    found = [
        transition
        for transition, rule in TRANSITIONS.items()
        if rule.sides & mine and _follows(rule, state)
    ]
    return tuple(sorted(found, key=lambda transition: TRANSITIONS[transition].to in FINAL_STATES))


def state_after(state: State | None, step: Step) -> State:
    """Where a step leads from ``state`` (None before the first); raises a StepError."""
    rule = TRANSITIONS[step.transition]
    if not _follows(rule, state):
        raise WrongStateError(f"{step.transition} does not follow {state}")
    if step.side not in rule.sides:
        raise WrongSideError(f"{step.transition} is not for the {step.side}")
    if (step.reason is None) == bool(rule.reasons):
        raise ReasonError(f"{step.transition} with reason {step.reason}")
    if step.reason is not None and step.reason not in rule.reasons:
        raise ReasonError(f"{step.reason} is no reason for {step.transition}")
    if step.reason is Reason.OTHER and not step.words.strip():
        raise ReasonError("another reason takes words")
    if (step.day is None) == rule.has_day:
        raise DayError(f"{step.transition} with day {step.day}")
    return rule.to


def _follows(rule: Rule, state: State | None) -> bool:
    return rule.begins if state is None else state in rule.after
