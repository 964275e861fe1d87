"""Companies to report on: one with everything, one with nothing but a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone, translation

from assessments.dashboards.board_report.gather import Material, gather
from assessments.opportunities import services as opportunities
from assessments.opportunities.domain.calculators.catalogue import Calculator
from assessments.readiness import services as readiness
from assessments.readiness.domain.planning import StepPlan
from assessments.readiness.models import Scan, Transition
from companies.profiles.enums import ConsentPurpose, VerificationStatus
from companies.profiles.models import Company
from companies.profiles.services import give_consent
from portal.common.vocabulary import Opportunity, Verdict
from tests.factories import CompanyFactory, EstablishmentFactory, UserFactory
from tests.matching.factories import judge, stored_match
from tests.opportunities.factories import metal_and_packing
from tests.opportunities.scenarios import kept
from tests.readiness.factories import statement_of, submitted_scan

LEVELS = ("2", "3", "1", "unknown", "4", "2", "3", "1", "2")
PLANNED = ("order-flow", "shop-floor-data", "energy")


def whole_company(**wanted: Any) -> Company:
    """Facts, a scan with open points, peers, verdicts, an adviser's, scenarios, plan, matches."""
    company = metal_and_packing(**wanted)
    scan = answered(company)
    peers()
    for calculator in Calculator:
        kept(company, calculator=calculator, counts=True)
    opportunities.assess_behind(now=timezone.now())
    current = company.assessments.get(opportunity=Opportunity.ENCLAVE.value, is_current=True)
    other = Verdict.LAAG if current.verdict != Verdict.LAAG else Verdict.HOOG
    judge(company, Opportunity.ENCLAVE, other)
    for slug in PLANNED:
        readiness.plan_step(
            scan_id=scan.pk,
            statement_id=statement_of(scan, slug).pk,
            plan=StepPlan(owner_id=company.created_by_id, due_on=date(2031, 5, 4), target_level=4),
            by=company.created_by,
            now=timezone.now(),
        )
    for rank in range(1, 8):
        place = EstablishmentFactory(name=f"Partner {rank} nv")
        stored_match(company, establishment=place, rank=rank, score=900_000 - rank * 1000)
    return company


def answered(company: Company) -> Scan:
    """A submitted scan with a level for each part, and one part that nobody knows."""
    slugs = Transition.objects.filter(questionnaire__status="published").order_by("position")
    codes = dict(zip(slugs.values_list("slug", flat=True), LEVELS, strict=False))
    return submitted_scan(company, company.created_by, codes)


def peers(count: int = 5) -> None:
    """Companies to compare with."""
    for _ in range(count):
        user = UserFactory()
        other = CompanyFactory(status=VerificationStatus.VERIFIED)
        give_consent(company_id=other.pk, purpose=ConsentPurpose.BENCHMARK, by=user)
        slugs = Transition.objects.filter(questionnaire__status="published")
        submitted_scan(other, user, dict.fromkeys(slugs.values_list("slug", flat=True), "3"))


def bare_company(**wanted: Any) -> Company:
    """Signed up, and nothing told."""
    values = {"status": VerificationStatus.PENDING, "decided_by": None, "decided_at": None}
    company: Company = CompanyFactory(**values | wanted)
    return company


def material(company: Company, language: str = "nl") -> Material:
    """What is read of it."""
    with translation.override(language):
        company.refresh_from_db()
        return gather(company, language=language, asked_by="Els Eigenaar", now=timezone.now())


# What people, administrators and advisers write, by the kind of value that holds it.
WRITTEN: dict[str, frozenset[str]] = {
    "RuleView": frozenset({"reason"}),
    "FactView": frozenset({"value"}),
    "Question": frozenset({"text"}),
    "ChangeView": frozenset({"goal"}),
    "SignView": frozenset({"reason"}),
    "CalculatorCard": frozenset({"says"}),
    "Overriding": frozenset({"reason", "by"}),
}


def everywhere(value: Any, change: Callable[[str], str]) -> Any:
    """The same material with every text changed that somebody wrote."""
    if is_dataclass(value) and not isinstance(value, type):
        words = WRITTEN.get(type(value).__name__, frozenset())
        changed = {
            one.name: change(getattr(value, one.name))
            if one.name in words
            else everywhere(getattr(value, one.name), change)
            for one in fields(value)
            if one.init
        }
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(everywhere(one, change) for one in value)
    return value
