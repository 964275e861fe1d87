"""Demo data tell the story of the study: all of Flanders, all ten cells, all kinds of strength."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from assessments.dashboards.content.demo_companies import COMPANIES
from assessments.dashboards.content.demo_people import DEMO_PASSWORD
from assessments.matching.models import Interaction, Introduction
from assessments.opportunities.content import shipped_rule_set
from assessments.opportunities.content.exposures import subjects
from assessments.opportunities.domain.assess import assess_opportunity
from assessments.opportunities.domain.exposures import ExposureLevel, exposures
from assessments.opportunities.domain.facts import CATALOGUE, FactName, Facts, Span
from assessments.opportunities.domain.rules import Rule, RuleSet, RuleState
from assessments.opportunities.models import Assessment, Scenario
from assessments.opportunities.selectors import chosen_figures, collect_facts
from assessments.readiness.models import PlannedStep, Reopening, Scan
from companies.partners.models import Partner, PartnerNeed
from companies.profiles.models import Activity, Company, Membership
from companies.register.domain.numbers import parse_enterprise_number
from companies.register.models import Establishment, RegisterImport
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.common.vocabulary import FLEMISH_PROVINCES, Cell, Opportunity, Verdict


def test_the_content_covers_flanders_and_the_study() -> None:
    assert len(COMPANIES) >= 24
    cells = {activity.cell for company in COMPANIES for activity in company.activities}
    assert set(Cell) <= cells
    assert None in cells  # work outside the study occurs too
    assert all(sum(a.share for a in company.activities) == 100 for company in COMPANIES)
    assert len({company.name for company in COMPANIES}) == len(COMPANIES)


def load() -> str:
    """A small demo, as ``manage.py load_demo`` makes it."""
    out = StringIO()
    call_command("load_demo", "--establishments", "1500", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_demo_goes_the_way_of_a_real_company() -> None:
    """Loaded once: companies, scans, verdicts, partners and log-ins; a second time does nothing."""
    load()
    companies_are_as_signed_up()
    every_company_is_assessed_and_verdicts_differ()
    each_role_can_log_in()
    partners_said_what_they_seek()
    the_first_company_has_a_plan()
    each_rule_changes_the_verdict_of_some_company()
    each_threat_and_trend_touches_some_companies_more_than_others()
    two_companies_keep_calculations_that_count()
    the_first_company_meets_partners()
    before = list(Company.objects.order_by("pk").values_list("pk", "facts_version"))
    assert "already" in load()
    assert list(Company.objects.order_by("pk").values_list("pk", "facts_version")) == before


def companies_are_as_signed_up() -> None:
    companies = Company.objects.filter(is_demo=True)
    assert companies.count() == len(COMPANIES)
    assert all(company.in_register for company in companies)
    assert all(parse_enterprise_number(c.enterprise_number) for c in companies)
    assert all("demo" in company.name for company in companies)
    assert {p.value for p in FLEMISH_PROVINCES} == set(
        companies.order_by().values_list("province", flat=True)
    )
    assert Activity.objects.filter(cell__isnull=False).values("cell").distinct().count() == 10
    assert Scan.objects.filter(submitted_at__isnull=False).count() >= 20
    assert Reopening.objects.get().scan.comments.count() == 2
    assert RegisterImport.objects.get().status == "finished"
    assert Establishment.objects.filter(is_active=True).exists()


def every_company_is_assessed_and_verdicts_differ() -> None:
    current = Assessment.objects.filter(is_current=True)
    assert current.count() == len(COMPANIES) * len(Opportunity)
    assert set(current.values_list("verdict", flat=True)) == set(Verdict)


def each_role_can_log_in() -> None:
    for role in Role:
        user = User.objects.get(groups__name=role.value)
        assert user.check_password(DEMO_PASSWORD)
        assert user.is_demo
    out = StringIO()
    call_command("demo_logins", stdout=out)
    assert DEMO_PASSWORD in out.getvalue()
    assert "beheerder@demo.example" in out.getvalue()


def partners_said_what_they_seek() -> None:
    partners = Partner.objects.filter(is_demo=True)
    today = timezone.localdate()
    assert partners.verified().filter(needs__in=PartnerNeed.objects.current(today)).count() >= 4
    assert partners.filter(status="pending", needs__isnull=False).count() == 1
    assert PartnerNeed.objects.filter(ends_on__lt=today).count() == 1
    assert PartnerNeed.objects.filter(closed_at__isnull=False).count() == 1
    assert User.objects.get(email="partner@demo.example").partner_contacts.count() == 1
    recorded = partners.filter(conversations__isnull=False)
    assert recorded.filter(consented_at__isnull=True).count() == 1
    assert recorded.filter(consented_at__isnull=False).count() >= 3


def the_first_company_has_a_plan() -> None:
    steps = PlannedStep.objects.filter(company__name=COMPANIES[0].name)
    assert steps.underway().count() >= 2
    assert steps.filter(done_at__isnull=False).exists()
    assert all(Membership.objects.filter(company=s.company, user=s.owner).exists() for s in steps)


def the_first_company_meets_partners() -> None:
    introductions = Introduction.objects.filter(company__name=COMPANIES[0].name)
    states = set(introductions.values_list("state", flat=True))
    assert len(states) == introductions.count() >= 2
    assert introductions.open().exists()
    assert any(step.words for found in introductions for step in found.steps.all())
    assert Interaction.objects.filter(opinion="interested").exists()


# Equipment grows old: on this day the demo tells what it should.
TODAY = date(2026, 11, 25)
# Outcomes that the calculations can give: one that helps and one that does not.
CALCULATED = {
    FactName.LOCAL_COST_PREMIUM: (5, 60),
    FactName.PAYBACK_YEARS: (3, 10),
    FactName.BREAK_EVEN_MARKET_SHARE: (10, 80),
    FactName.JOINT_SAVING: (8, 1),
    FactName.HOST_SHARE: (10, 50),
}


def each_rule_changes_the_verdict_of_some_company() -> None:
    """By firing: without it, the same facts give another verdict."""
    shipped = shipped_rule_set()
    companies = Company.objects.filter(is_demo=True).order_by("pk")
    collected = collect_facts((row.pk for row in companies), today=TODAY)
    idle = {
        rule.slug
        for rule in shipped.rules
        if not any(decides(rule, shipped, facts) for facts in situations(rule, collected.values()))
    }
    assert not idle


def each_threat_and_trend_touches_some_companies_more_than_others() -> None:
    companies = Company.objects.filter(is_demo=True).order_by("pk")
    collected = collect_facts((row.pk for row in companies), today=TODAY)
    for position, subject in enumerate(subjects()):
        levels = {exposures(facts, subjects())[position].level for facts in collected.values()}
        assert levels >= {ExposureLevel.LOW, ExposureLevel.HIGH}, subject.slug


def situations(rule: Rule, collected: Iterable[Facts]) -> Iterator[Facts]:
    """The companies; for a rule on a calculation, each with both outcomes of it."""
    name = FactName(rule.fact)
    for facts in collected:
        if not CATALOGUE[name].optional:
            yield facts
        else:
            for outcome in CALCULATED[name]:
                yield facts.with_values({name: Span.exactly(outcome)})


def decides(rule: Rule, shipped: RuleSet, facts: Facts) -> bool:
    if rule.state(facts.values.get(FactName(rule.fact))) is not RuleState.FIRED:
        return False
    others = tuple(other for other in shipped.rules if other is not rule)
    without = RuleSet(shipped.version, shipped.baseline, others)
    return (
        assess_opportunity(facts, shipped, rule.opportunity).verdict
        is not assess_opportunity(facts, without, rule.opportunity).verdict
    )


def two_companies_keep_calculations_that_count() -> None:
    chosen = Scenario.objects.filter(is_chosen=True)
    figures = chosen_figures(chosen.values_list("company", flat=True), today=date(2026, 11, 25))
    assert {name for one in figures.values() for name in one} == {
        "local_cost_premium_percent",
        "payback_years",
    }
    assert len(figures) == 2
    assert Scenario.objects.count() == 3  # one more, to compare with
