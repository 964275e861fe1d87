"""A company that is assessed, partners around it, runs and matches."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.matching.domain.introductions import TRANSITIONS, Side, Transition
from assessments.matching.models import Interaction, Introduction, Match, MatchRun
from assessments.matching.services import execute, queue_full_run
from assessments.opportunities.models import Assessment, RuleSet, VerdictOverride
from companies.profiles.models import Company
from companies.register.models import Establishment
from portal.common.versioned import VersionStatus
from portal.common.vocabulary import Opportunity, Verdict
from tests.factories import (
    ActivityFactory,
    CompanyEstablishmentFactory,
    CompanyFactory,
    EstablishmentActivityFactory,
    EstablishmentFactory,
    UserFactory,
    WorkforceYearFactory,
)

HOME_X, HOME_Y = 652_000, 712_000


def assess(company: Company, verdict: Verdict = Verdict.HOOG, **fields: Any) -> None:
    """A current verdict for each opportunity, without the rules."""
    rule_set = RuleSet.objects.get(status=VersionStatus.PUBLISHED)
    company.assessments.update(is_current=False)
    Assessment.objects.bulk_create(
        Assessment(
            company=company,
            opportunity=opportunity.value,
            rule_set=rule_set,
            facts_version=company.facts_version,
            verdict=verdict.value,
            lowest_verdict=fields.get("lowest_verdict", verdict).value,
            explanation={},
            assessed_at=timezone.now(),
            confirmed_at=timezone.now(),
        )
        for opportunity in Opportunity
    )


def judge(company: Company, opportunity: Opportunity, verdict: Verdict) -> VerdictOverride:
    """An adviser's verdict in place of the current one."""
    given: VerdictOverride = VerdictOverride.objects.create(
        company=company,
        opportunity=opportunity.value,
        assessment=Assessment.objects.get(
            company=company, opportunity=opportunity.value, is_current=True
        ),
        verdict=verdict.value,
        reason="De gastheer stopt in maart.",
        given_at=timezone.now(),
        given_by=UserFactory(full_name="Ann Adviseur"),
    )
    return given


def matched_company(verdict: Verdict = Verdict.HOOG, **fields: Any) -> Company:
    """A verified company that packs, has guides, a place and verdicts."""
    company = CompanyFactory(**fields)
    CompanyEstablishmentFactory(company=company)
    ActivityFactory(company=company)
    WorkforceYearFactory(company=company)
    assess(company, verdict)
    return company


def chocolate_maker(km_east: int = 5, code: str = "10820", **fields: Any) -> Establishment:
    """An establishment so many kilometres east of the company."""
    place = EstablishmentFactory(**({"x_m": HOME_X + km_east * 1000} | fields))
    EstablishmentActivityFactory(establishment=place, code=code)
    return place


def full_run() -> MatchRun:
    """Queue a run and do it."""
    run = queue_full_run()
    execute(run_id=run.pk)
    return MatchRun.objects.get(pk=run.pk)


def stored_match(company: Company, **fields: Any) -> Match:
    """A match as a run would leave it, scored 66.4 as in the design."""
    parts = (
        ("activity", 540_000, 350_000, 189_000, True),
        ("proximity", 600_000, 200_000, 120_000, True),
        ("capacity", 750_000, 150_000, 112_500, True),
        ("competence", 1_000_000, 100_000, 100_000, True),
        ("diversification", 850_000, 150_000, 127_500, True),
        ("contact", 300_000, 50_000, 15_000, True),
    )
    names = ("name", "value", "weight", "contribution", "known")
    values: dict[str, Any] = {
        "opportunity": Opportunity.ENCLAVE.value,
        "rank": 1,
        "score": 664_000,
        "potential": 1_000_000,
        "distance_m": 10_000,
        "radius_m": 25_000,
        "components": [dict(zip(names, part, strict=True)) for part in parts],
        "evidence": [
            {
                "activity": "handling-verpakking",
                "weight": 60,
                "weights_sum": 100,
                "version": "2025",
                "code": "10820",
                "classification": "MAIN",
                "affinity": 900_000,
                "class_weight": 1_000_000,
            }
        ],
        "found_at": timezone.now(),
    }
    if "establishment" not in fields:
        fields["establishment"] = chocolate_maker()
    if "run" not in fields:
        fields["run"] = MatchRun.objects.create(
            status="finished", started_at=timezone.now(), finished_at=timezone.now()
        )
    return Match.objects.create(company=company, **(values | fields))


def introduction(company: Company, *transitions: str, **fields: Any) -> Introduction:
    """An introduction that went these steps (or only began), each by the first side that may.

    ``match``, ``establishment``, ``opportunity`` and ``at`` (of every step) may be given.
    """
    moment = fields.pop("at", None) or timezone.now()
    user = fields.pop("by", None) or UserFactory()
    fields.setdefault("opportunity", Opportunity.ENCLAVE.value)
    if "establishment" not in fields:
        fields["establishment"] = chocolate_maker()
    path = [Transition(name) for name in transitions] or [Transition.ASK]
    last = TRANSITIONS[path[-1]].to
    with transaction.atomic():
        made = Introduction.objects.create(company=company, state=last.value, **fields)
        for number, name in enumerate(path, start=1):
            rule = TRANSITIONS[name]
            made.steps.create(
                number=number,
                transition=name.value,
                state=rule.to.value,
                side=min(rule.sides).value,
                reason=rule.reasons[0].value if rule.reasons else "",
                day=moment.date() if rule.has_day else None,
                taken_at=moment,
                taken_by=user,
            )
    return made


def opinion(company: Company, opinion: str = "seen", **fields: Any) -> Interaction:
    """What the company (or ``side``) thinks of a partner."""
    values: dict[str, Any] = {
        "opportunity": Opportunity.ENCLAVE.value,
        "side": Side.COMPANY.value,
        "given_at": timezone.now(),
    }
    if "establishment" not in fields:
        fields["establishment"] = chocolate_maker()
    if "given_by" not in fields:
        fields["given_by"] = UserFactory()
    return Interaction.objects.create(company=company, opinion=opinion, **(values | fields))
