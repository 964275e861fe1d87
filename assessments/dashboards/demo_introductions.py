"""Introductions and opinions of a demo company, written through the services of matching."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from assessments.dashboards.content.demo_introductions import (
    INTRODUCTIONS,
    OPINIONS,
    DemoIntroduction,
    DemoStep,
)
from assessments.matching import services
from assessments.matching.domain.introductions import Side, Step
from companies.partners.models import PartnerNeed
from companies.profiles.models import Company
from portal.accounts.models import User
from portal.common.vocabulary import Opportunity


def introduce_partners(company: Company, *, owner: User, adviser: User, now: datetime) -> None:
    """What the company said and did with the demo partners; one that is missing is left out."""
    people = {Side.COMPANY: owner, Side.ADVISER: adviser}
    for wanted in INTRODUCTIONS:
        number = _partner(wanted.opportunity, wanted.partner)
        if number is not None:
            _introduce(company, wanted, number, people=people, now=now)
    for opinion in OPINIONS:
        number = _partner(opinion.opportunity, opinion.partner)
        if number is None:
            continue
        about = services.Subject(
            company_id=company.pk,
            opportunity=opinion.opportunity,
            establishment_number=number,
            side=Side.COMPANY,
        )
        if opinion.reason is None:
            services.mark_interested(about=about, by=owner, now=now)
        else:
            services.mark_not_relevant(
                about=about, reason=opinion.reason, words=opinion.words, by=owner, now=now
            )


def _introduce(
    company: Company,
    wanted: DemoIntroduction,
    number: str,
    *,
    people: dict[Side, User],
    now: datetime,
) -> None:
    first, *others = wanted.steps
    begun = services.begin_introduction(
        company_id=company.pk,
        opportunity=wanted.opportunity,
        establishment_number=number,
        step=_step(first, now),
        by=people[first.side],
        now=now - timedelta(days=first.days_ago),
    )
    for taken, step in enumerate(others, start=1):
        services.take_step(
            introduction_id=begun.pk,
            step=_step(step, now),
            seen=taken,
            by=people[step.side],
            now=now - timedelta(days=step.days_ago),
        )


def _step(wanted: DemoStep, now: datetime) -> Step:
    moment = now - timedelta(days=wanted.days_ago)
    day = None
    if wanted.ahead is not None:
        day = timezone.localdate(moment) + timedelta(days=wanted.ahead)
    return Step(
        transition=wanted.transition,
        side=wanted.side,
        reason=wanted.reason,
        words=wanted.words,
        day=day,
    )


def _partner(opportunity: Opportunity, place: int) -> str | None:
    """The establishment of a demo partner that seeks something for the opportunity."""
    found = PartnerNeed.objects.filter(partner__is_demo=True, opportunity=opportunity.value)
    numbers = list(found.order_by("pk").values_list("partner__establishment_id", flat=True))
    return str(numbers[place]) if place < len(numbers) else None
