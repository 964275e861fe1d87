"""Rule sets from draft to retirement, and companies assessed as their facts move."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pgtrigger
import pytest
from django.utils import timezone

from assessments.opportunities import selectors, services, tasks
from assessments.opportunities.content import SHIPPED_EDITION, read_rule_set, shipped_rule_set
from assessments.opportunities.domain.assess import assess_opportunity
from assessments.opportunities.domain.explanation import facts_from, ranges_from
from assessments.opportunities.models import Assessment, BaselineValue, Rule, RuleSet
from assessments.readiness.models import SupportMeasure
from companies.profiles.models import Activity, Company, Customer
from companies.profiles.services.facts import touch_facts
from portal.common.versioned import VersionStatus
from portal.common.vocabulary import Opportunity, Verdict
from tests.factories import ActivityFactory, CompanyFactory, UserFactory
from tests.opportunities.factories import metal_and_packing

pytestmark = pytest.mark.django_db


def verdicts(company: Company) -> dict[str, str]:
    return {
        row.opportunity: row.verdict
        for row in Assessment.objects.filter(company=company, is_current=True)
    }


# --- rule sets ----------------------------------------------------------------------


def test_reference_data_is_loaded_once_and_published(rule_set) -> None:
    services.load_reference()
    assert RuleSet.objects.count() == 1
    assert rule_set.status == VersionStatus.PUBLISHED
    assert rule_set.published_at is not None
    assert BaselineValue.objects.filter(rule_set=rule_set).count() == 200
    assert Rule.objects.filter(rule_set=rule_set).count() == len(read_rule_set()["rules"])


@pytest.fixture
def first_release(db) -> RuleSet:
    """Edition 1 in force, as a portal of the first release has it."""
    with pgtrigger.ignore():
        RuleSet.objects.all().delete()
    first = services.load_edition(1)
    RuleSet.objects.filter(pk=first.pk).update(
        status=VersionStatus.PUBLISHED, published_at=timezone.now()
    )
    return first


def test_a_newer_edition_takes_over_from_an_earlier_one(first_release) -> None:
    services.load_reference()
    stored = {row.edition: row.status for row in RuleSet.objects.all()}
    assert stored == {1: VersionStatus.RETIRED, 2: VersionStatus.PUBLISHED}
    assert selectors.published_rule_set().version == 2


def test_a_newer_edition_waits_while_administrators_have_their_own(first_release) -> None:
    own = services.copy_rule_set(rule_set_id=first_release.pk)
    services.publish_rule_set(rule_set_id=own.pk, by=UserFactory())
    services.load_reference()
    assert selectors.published_rule_set() == own
    waiting = RuleSet.objects.get(edition=SHIPPED_EDITION)
    assert (waiting.status, waiting.version) == (VersionStatus.DRAFT, 3)
    services.load_reference()
    assert RuleSet.objects.count() == 3


def test_the_stored_rule_set_is_the_shipped_one(rule_set) -> None:
    stored, shipped = selectors.rule_set_values(rule_set), shipped_rule_set()
    assert rule_set.edition == SHIPPED_EDITION
    assert stored.baseline == shipped.baseline
    assert set(stored.rules) == set(shipped.rules)


def test_a_newer_published_version_is_left_in_force(rule_set) -> None:
    admin = UserFactory()
    draft = services.copy_rule_set(rule_set_id=rule_set.pk)
    services.publish_rule_set(rule_set_id=draft.pk, by=admin)
    services.load_reference()
    assert selectors.published_rule_set() == draft


def test_publishing_a_draft_retires_the_one_before(rule_set) -> None:
    admin = UserFactory()
    draft = services.copy_rule_set(rule_set_id=rule_set.pk, note="strenger")
    assert (draft.version, draft.status, draft.note) == (2, VersionStatus.DRAFT, "strenger")
    published = services.publish_rule_set(rule_set_id=draft.pk, by=admin)
    rule_set.refresh_from_db()
    assert rule_set.status == VersionStatus.RETIRED
    assert published.status == VersionStatus.PUBLISHED
    assert published.published_by == admin


def test_an_incomplete_draft_is_not_published(rule_set) -> None:
    admin = UserFactory()
    draft = services.copy_rule_set(rule_set_id=rule_set.pk)
    Rule.objects.filter(rule_set=draft, slug="enclave-ervaring").update(fact="moon_phase")
    with pytest.raises(services.IncompleteRuleSetError, match="facts"):
        services.publish_rule_set(rule_set_id=draft.pk, by=admin)
    BaselineValue.objects.filter(rule_set=draft).first().delete()
    with pytest.raises(services.IncompleteRuleSetError, match="starting values"):
        services.publish_rule_set(rule_set_id=draft.pk, by=admin)
    with pytest.raises(RuleSet.DoesNotExist):
        services.publish_rule_set(rule_set_id=rule_set.pk, by=admin)


# --- assessing ------------------------------------------------------------------------


def test_a_company_that_told_nothing_is_incomplete(rule_set, now) -> None:
    company = CompanyFactory()
    assert services.assess_company(company_id=company.pk, now=now)
    assert set(verdicts(company)) == {opportunity.value for opportunity in Opportunity}
    assert set(verdicts(company).values()) == {Verdict.ONVOLLEDIG}
    assert {row.lowest_verdict for row in Assessment.objects.all()} == {Verdict.LAAG}


def test_metal_and_packing_gets_verdicts_with_reasons(rule_set, now) -> None:
    company = metal_and_packing()
    services.assess_company(company_id=company.pk, now=now)
    assert verdicts(company) == {
        "reshoring": "hoog",
        "fvdt": "onvolledig",  # the self-assessment is missing
        "eigen_producten": "onvolledig",
        "samenwerking": "gemiddeld",
        "enclave": "hoog",
    }
    enclave = Assessment.objects.get(company=company, opportunity="enclave", is_current=True)
    assert enclave.explanation["rules"]["enclave-ervaring"] == "fired"
    assert enclave.explanation["rules"]["enclave-klanten-dichtbij"] == "missing"


def test_the_stored_explanation_gives_the_same_outcome_again(rule_set, now) -> None:
    company = metal_and_packing()
    services.assess_company(company_id=company.pk, now=now)
    values = selectors.rule_set_values(rule_set)
    for row in Assessment.objects.filter(company=company):
        again = assess_opportunity(
            facts_from(row.explanation), values, Opportunity(row.opportunity)
        )
        assert again.verdict == row.verdict
        assert {item.criterion: item.range for item in again.criteria} == ranges_from(
            row.explanation
        )


def test_nothing_moved_so_history_does_not_grow(rule_set, now) -> None:
    company = metal_and_packing()
    services.assess_company(company_id=company.pk, now=now)
    later = now + timedelta(hours=1)
    Customer.objects.filter(company=company, turnover_share=45).update(turnover_share=46)
    touch_facts(company.pk)
    services.assess_company(company_id=company.pk, now=later)
    rows = Assessment.objects.filter(company=company)
    assert rows.count() == len(Opportunity)
    enclave = rows.get(opportunity="enclave")
    assert enclave.explanation["facts"]["largest_customer_share"] == ["46", "46"]
    assert (enclave.assessed_at, enclave.confirmed_at) == (now, later)
    company.refresh_from_db()
    assert enclave.facts_version == company.facts_version


def test_a_verdict_that_moved_becomes_history(rule_set, now) -> None:
    company = metal_and_packing()
    services.assess_company(company_id=company.pk, now=now)
    Customer.objects.filter(company=company, turnover_share=45).update(turnover_share=60)
    Customer.objects.filter(company=company, turnover_share=20).delete()
    Customer.objects.filter(company=company, turnover_share=10).delete()
    company.enclaves.all().delete()
    touch_facts(company.pk)
    services.assess_company(company_id=company.pk, now=now + timedelta(hours=1))
    before, after = Assessment.objects.filter(company=company, opportunity="enclave").order_by("pk")
    assert (before.verdict, before.is_current) == ("hoog", False)
    assert after.is_current
    assert after.verdict == "gemiddeld"


def test_another_rule_set_starts_a_new_chapter(rule_set, now) -> None:
    company = metal_and_packing()
    services.assess_company(company_id=company.pk, now=now)
    draft = services.copy_rule_set(rule_set_id=rule_set.pk)
    BaselineValue.objects.filter(rule_set=draft, opportunity="enclave").update(value=-1)
    services.publish_rule_set(rule_set_id=draft.pk, by=UserFactory())
    assert services.assess_behind(now=now) == 1
    assert Assessment.objects.filter(company=company, is_current=True, rule_set=draft).count() == 5
    assert Assessment.objects.filter(company=company, is_current=False).count() == 5
    assert verdicts(company)["enclave"] != "hoog"


def test_without_published_rules_nobody_is_assessed(now) -> None:
    RuleSet.objects.filter(status=VersionStatus.PUBLISHED).update(status=VersionStatus.RETIRED)
    company = CompanyFactory()
    assert not services.assess_company(company_id=company.pk, now=now)
    assert services.assess_behind(now=now) == 0


# --- who is behind ---------------------------------------------------------------------


def test_behind_are_new_companies_and_those_whose_facts_moved(rule_set, now) -> None:
    first, second = CompanyFactory(), CompanyFactory()
    assert services.assess_behind(now=now) == 2
    assert services.assess_behind(now=now) == 0
    Activity.objects.create(company=first, cell="maak-hout", turnover_share=100)
    touch_facts(first.pk)
    first.refresh_from_db()
    behind = selectors.companies_behind(rule_set, now.date())
    assert list(behind) == [first]
    assert selectors.is_behind(first, selectors.assessments_of(first).values())
    assert not selectors.is_behind(second, selectors.assessments_of(second).values())
    assert services.assess_behind(now=now) == 1


def test_pending_companies_count_and_declined_ones_do_not(rule_set, now) -> None:
    pending = CompanyFactory(status="pending", decided_at=None, decided_by=None)
    CompanyFactory(status="declined", decline_reason="other")
    services.assess_behind(now=now)
    assert set(Assessment.objects.values_list("company", flat=True)) == {pending.pk}


def test_outcomes_are_confirmed_again_every_day(rule_set, now) -> None:
    """Neighbours, offers that end and machines that grow old are no facts of the company."""
    CompanyFactory()
    assert services.assess_behind(now=now) == 1
    assert services.assess_behind(now=now + timedelta(hours=10)) == 0
    assert services.assess_behind(now=now + timedelta(hours=12)) == 1
    assert Assessment.objects.count() == len(Opportunity)


def test_a_call_that_ends_counts_at_once(rule_set, now) -> None:
    company = CompanyFactory()
    ActivityFactory(company=company, cell="maak-metaal", turnover_share=100)
    call = SupportMeasure.objects.filter(slug="investeringsoproep")
    call.update(valid_until=now.date())
    services.assess_behind(now=now)
    row = Assessment.objects.get(company=company, opportunity="fvdt", is_current=True)
    assert row.explanation["rules"]["fvdt-investeringsoproep"] == "fired"
    call.update(valid_until=now.date() - timedelta(days=1))
    assert services.assess_behind(now=now) == 1
    assert services.assess_behind(now=now) == 0
    row = Assessment.objects.get(company=company, opportunity="fvdt", is_current=True)
    assert row.explanation["rules"]["fvdt-investeringsoproep"] == "not_fired"


def test_a_limit_is_kept_and_batches_are_done_one_by_one(rule_set, now) -> None:
    for _ in range(5):
        CompanyFactory()
    with patch("assessments.opportunities.services.assessing.BATCH", 2):
        assert services.assess_behind(now=now, limit=3) == 3
        assert services.assess_behind(now=now) == 2


def test_assessing_many_costs_as_many_queries_as_assessing_one(
    rule_set, now, django_assert_num_queries
) -> None:
    ids = [metal_and_packing().pk for _ in range(3)]
    with django_assert_num_queries(26):
        services.assess_companies(company_ids=ids[:1], now=now)
    with django_assert_num_queries(26):
        services.assess_companies(company_ids=ids[1:], now=now)


def test_the_task_catches_up(rule_set) -> None:
    company = CompanyFactory()
    tasks.reassess_behind()
    assert len(verdicts(company)) == len(Opportunity)


def test_the_task_is_in_the_schedule(settings) -> None:
    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert tasks.reassess_behind.name in names


def test_current_assessments_in_bulk(rule_set, now, django_assert_num_queries) -> None:
    company = metal_and_packing()
    services.assess_company(company_id=company.pk, now=now)
    with django_assert_num_queries(1):
        found = selectors.current_assessments([company.pk])
    assert len(found) == len(Opportunity)
    enclave = found[company.pk, Opportunity.ENCLAVE]
    assert (enclave.verdict, enclave.lowest_verdict) == (Verdict.HOOG, Verdict.HOOG)
    assert enclave.rule_set_id == rule_set.pk
