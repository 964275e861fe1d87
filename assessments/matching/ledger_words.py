"""Introductions and opinions in words: what pages say of states, steps and reasons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from assessments.matching.domain.introductions import (
    OPEN_STATES,
    Reason,
    Side,
    State,
    Transition,
    next_steps,
)
from assessments.matching.enums import (
    REASON_LABELS,
    SIDE_LABELS,
    STATE_LABELS,
    TRANSITION_LABELS,
)
from assessments.matching.models import Introduction, IntroductionStep
from portal.common.components import Kind

_TONES: dict[State, Kind] = {
    State.PROPOSED: Kind.NEUTRAL,
    State.DECLINED: Kind.WARNING,
    State.ENDED: Kind.NEUTRAL,
    State.AGREEMENT: Kind.SUCCESS,
    State.RUNNING: Kind.SUCCESS,
}

# What a person should know before taking a step.
STEP_HELP: dict[Transition, Any] = {
    Transition.PROPOSE: gettext_lazy(
        "The company sees your proposal and decides. The partner hears nothing yet."
    ),
    Transition.ASK: gettext_lazy(
        "Your adviser sees this and talks with you before anybody contacts the partner. "
        "The partner gets no data of your company from this step."
    ),
    Transition.AGREE: gettext_lazy(
        "Your adviser talks with you before anybody contacts the partner. "
        "The partner gets no data of your company from this step."
    ),
    Transition.CONTACT: gettext_lazy(
        "Write down that you spoke to the partner. Share nothing of the company that it did "
        "not agree to."
    ),
    Transition.COMPANY_DECLINES: gettext_lazy(
        "The introduction ends. This partner is not proposed for this opportunity for a while."
    ),
    Transition.PARTNER_DECLINES: gettext_lazy(
        "The introduction ends. This partner is not proposed for this opportunity for a while."
    ),
    Transition.SHELVE: gettext_lazy(
        "The introduction ends without a refusal: the partner may be proposed again."
    ),
}
WHO_IS_NEXT: dict[State, Any] = {
    State.PROPOSED: gettext_lazy("Now the company decides."),
    State.COMPANY_AGREES: gettext_lazy("Now the adviser contacts the partner."),
    State.CONTACTED: gettext_lazy("Now the partner answers."),
    State.PARTNER_INTERESTED: gettext_lazy("Now a meeting can be planned."),
    State.MEETING: gettext_lazy("After the meeting: an agreement, or not."),
    State.AGREEMENT: gettext_lazy("Now the work can start."),
    State.RUNNING: gettext_lazy("The work goes on."),
}


def state_badge(introduction: Introduction) -> dict[str, Any]:
    """Tone and text of where an introduction stands."""
    state = State(introduction.state)
    return {"kind": _TONES.get(state, Kind.INFO).value, "text": STATE_LABELS[state]}


def next_words(introduction: Introduction) -> Any:
    """Who is next; empty when it is over."""
    return WHO_IS_NEXT.get(State(introduction.state), "")


def step_row(step: IntroductionStep) -> dict[str, Any]:
    """A step as the page shows it; people of a partner are not named."""
    side = Side(step.side)
    return {
        "step": step,
        "label": TRANSITION_LABELS[Transition(step.transition)],
        "side": SIDE_LABELS[side],
        "person": "" if side is Side.PARTNER else str(step.taken_by),
        "reason": REASON_LABELS[Reason(step.reason)] if step.reason else "",
    }


def next_links(introduction: Introduction, sides: Iterable[Side]) -> list[dict[str, Any]]:
    """The steps that may be taken next, as links."""
    return [
        {"slug": transition.value, "label": TRANSITION_LABELS[transition]}
        for transition in next_steps(State(introduction.state), sides)
    ]


OPEN_STATE_CHOICES = [(state.value, STATE_LABELS[state]) for state in State if state in OPEN_STATES]
