"""The steps of an introduction: what follows what, who may, and what must be said."""

from __future__ import annotations

from datetime import date

import pytest

from assessments.matching.domain.introductions import (
    ENDS,
    FINAL_STATES,
    REFUSALS,
    TRANSITIONS,
    DayError,
    Reason,
    ReasonError,
    Side,
    State,
    Step,
    StepError,
    Transition,
    WrongSideError,
    WrongStateError,
    next_steps,
    state_after,
)

DAY = date(2026, 11, 25)


def given(transition: Transition, side: Side) -> Step:
    """A step with all that it asks."""
    rule = TRANSITIONS[transition]
    return Step(
        transition=transition,
        side=side,
        reason=rule.reasons[0] if rule.reasons else None,
        day=DAY if rule.has_day else None,
    )


def walk(*steps: tuple[Transition, Side]) -> State | None:
    state = None
    for transition, side in steps:
        state = state_after(state, given(transition, side))
    return state


def test_an_introduction_goes_from_a_wish_to_work_that_is_completed() -> None:
    path = (
        (Transition.ASK, Side.COMPANY),
        (Transition.CONTACT, Side.ADVISER),
        (Transition.SHOW_INTEREST, Side.PARTNER),
        (Transition.MEET, Side.COMPANY),
        (Transition.MEET, Side.PARTNER),  # a second meeting
        (Transition.SIGN, Side.ADVISER),
        (Transition.START, Side.COMPANY),
        (Transition.END, Side.ADVISER),
    )
    states = [walk(*path[:length]) for length in range(1, len(path) + 1)]
    assert states == [
        State.COMPANY_AGREES,
        State.CONTACTED,
        State.PARTNER_INTERESTED,
        State.MEETING,
        State.MEETING,
        State.AGREEMENT,
        State.RUNNING,
        State.ENDED,
    ]


def test_nobody_contacts_a_partner_before_the_company_agreed() -> None:
    proposed = walk((Transition.PROPOSE, Side.ADVISER))
    with pytest.raises(WrongStateError):
        state_after(proposed, given(Transition.CONTACT, Side.ADVISER))
    with pytest.raises(WrongSideError):
        state_after(proposed, given(Transition.AGREE, Side.ADVISER))
    assert state_after(proposed, given(Transition.AGREE, Side.COMPANY)) is State.COMPANY_AGREES


@pytest.mark.parametrize("state", sorted(FINAL_STATES))
def test_nothing_follows_the_end(state: State) -> None:
    assert next_steps(state, Side) == ()


def test_every_state_is_reached_and_every_open_one_can_end() -> None:
    reached = {None: (Transition.PROPOSE,)} | {
        state: next_steps(state, Side) for state in State if state not in FINAL_STATES
    }
    assert {TRANSITIONS[t].to for t in Transition} == set(State)
    for state, steps in reached.items():
        assert steps, f"{state} is a dead end"
    for state in reached.keys() - {None}:
        seen, waiting = {state}, [state]
        while waiting:
            for transition in next_steps(waiting.pop(), Side):
                to = TRANSITIONS[transition].to
                if to not in seen:
                    seen.add(to)
                    waiting.append(to)
        assert seen & FINAL_STATES, f"{state} never ends"


@pytest.mark.parametrize("transition", Transition)
def test_the_offered_steps_are_exactly_those_that_may_be_taken(transition: Transition) -> None:
    for state in (None, *State):
        for side in Side:
            try:
                state_after(state, given(transition, side))
            except StepError:
                allowed = False
            else:
                allowed = True
            assert allowed == (transition in next_steps(state, [side]))


def test_a_refusal_has_a_reason_that_is_a_refusal() -> None:
    refuse = Transition.PARTNER_DECLINES
    with pytest.raises(ReasonError):
        state_after(State.CONTACTED, Step(transition=refuse, side=Side.PARTNER))
    with pytest.raises(ReasonError):
        state_after(
            State.CONTACTED,
            Step(transition=refuse, side=Side.PARTNER, reason=Reason.COMPLETED),
        )
    with pytest.raises(ReasonError):
        state_after(
            State.PROPOSED,
            Step(transition=Transition.AGREE, side=Side.COMPANY, reason=Reason.PRICE),
        )


def test_another_reason_takes_words() -> None:
    for words, fine in (("", False), (" \n", False), ("De gastheer verhuist", True)):
        step = Step(
            transition=Transition.COMPANY_DECLINES,
            side=Side.COMPANY,
            reason=Reason.OTHER,
            words=words,
        )
        if fine:
            assert state_after(State.MEETING, step) is State.DECLINED
        else:
            with pytest.raises(ReasonError):
                state_after(State.MEETING, step)


def test_a_meeting_has_a_day_and_a_contact_has_none() -> None:
    with pytest.raises(DayError):
        state_after(State.PARTNER_INTERESTED, Step(transition=Transition.MEET, side=Side.ADVISER))
    with pytest.raises(DayError):
        state_after(
            State.COMPANY_AGREES,
            Step(transition=Transition.CONTACT, side=Side.ADVISER, day=DAY),
        )


def test_refusing_and_ending_share_no_reason_but_the_other_one() -> None:
    assert set(REFUSALS) & set(ENDS) == {Reason.OTHER}
    assert {reason for rule in TRANSITIONS.values() for reason in rule.reasons} == set(Reason)
