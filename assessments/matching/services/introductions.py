"""Introductions begin and go on, one step at a time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from assessments.matching.domain.introductions import State, Step, state_after
from assessments.matching.models import Introduction, IntroductionStep, Match
from companies.profiles.enums import VerificationStatus
from companies.profiles.services.facts import lock_company
from portal.accounts.models import User
from portal.common.vocabulary import Opportunity


class IntroductionError(Exception):
    """An introduction cannot begin or go on like this."""


class CompanyNotOpenError(IntroductionError):
    """The company is closed, or no adviser has verified it."""


class AlreadyOpenError(IntroductionError):
    """An introduction of these two is under way for this opportunity."""


class StepMovedError(IntroductionError):
    """Somebody else took a step since the page was made."""


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

    Raises a StepError when ``step`` begins nothing, or an IntroductionError.
    """
    _lock_open_company(company_id)
    state = state_after(None, step)
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
    _lock_open_company(company_id)
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


def _lock_open_company(company_id: int) -> None:
    company = lock_company(company_id)
    if company.is_closed or company.status != VerificationStatus.VERIFIED:
        raise CompanyNotOpenError


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
