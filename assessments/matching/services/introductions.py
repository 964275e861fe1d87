"""Introductions begin and go on, one step at a time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from assessments.matching.domain.introductions import OPINION_SIDES, State, Step, state_after
from assessments.matching.models import Introduction, IntroductionStep, Match
from assessments.matching.services.ledger import (
    AlreadyOpenError,
    OptedOutError,
    StepMovedError,
    lock_open_company,
)
from assessments.matching.services.opinions import Subject, write_interest
from companies.partners.opt_out.selectors import standing_of
from portal.accounts.models import User
from portal.common.vocabulary import Opportunity


@transaction.atomic
def begin_introduction(
    *,
    company_id: int,
    opportunity: Opportunity,
    establishment_number: str,
    step: Step,
    by: User,
    now: datetime,
) -> Introduction:
    """Begin an introduction with its first step; the match of these three is noted with it.

    A side that begins one has told that it is interested. Raises a StepError when ``step``
    begins nothing, or an IntroductionError.
    """
    lock_open_company(company_id)
    state = state_after(None, step)
    if standing_of(establishment_number).is_opted_out:
        raise OptedOutError
    triple = {
        "company_id": company_id,
        "opportunity": opportunity.value,
        "establishment_id": establishment_number,
    }
    if Introduction.objects.open().filter(**triple).exists():
        raise AlreadyOpenError
    match = Match.objects.filter(**triple).first()
    introduction = Introduction.objects.create(**triple, match=match, state=state.value)
    _write(introduction, 1, step, state, by=by, now=now)
    if step.side in OPINION_SIDES:
        about = Subject(
            company_id=company_id,
            opportunity=opportunity,
            establishment_number=establishment_number,
            side=step.side,
        )
        write_interest(about, by=by, now=now)
    return introduction


@transaction.atomic
def take_step(
    *, introduction_id: int, step: Step, seen: int, by: User, now: datetime
) -> IntroductionStep:
    """Take the next step; ``seen`` is the number of the last step that the person looked at.

    Raises a StepError, StepMovedError when somebody took a step meanwhile, or
    CompanyNotOpenError.
    """
    company_id = Introduction.objects.values_list("company_id", flat=True).get(pk=introduction_id)
    lock_open_company(company_id)
    found = Introduction.objects.select_for_update(of=("self",), no_key=True).get(
        pk=introduction_id
    )
    last = found.steps.order_by("-number").first()
    number = 0 if last is None else last.number
    if number != seen:
        raise StepMovedError
    state = state_after(State(found.state), step)
    taken = _write(found, number + 1, step, state, by=by, now=now)
    found.state = state.value
    found.save(update_fields=["state"])
    return taken


def _write(
    introduction: Introduction,
    number: int,
    step: Step,
    state: State,
    *,
    by: User,
    now: datetime,
) -> IntroductionStep:
    return IntroductionStep.objects.create(
        introduction=introduction,
        number=number,
        transition=step.transition.value,
        state=state.value,
        side=step.side.value,
        reason=step.reason.value if step.reason else "",
        words=step.words.strip(),
        day=step.day,
        taken_at=now,
        taken_by=by,
    )
