"""What other rooms read: the profile of a company, and of many at once."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from assessments.readiness import selectors
from assessments.readiness.domain.answers import Response
from assessments.readiness.domain.scoring import Tally, score_transition, tally
from assessments.readiness.models import Statement
from assessments.readiness.services import draft_from, publish_questionnaire, start_scan
from tests.factories import CompanyFactory, UserFactory
from tests.readiness.factories import answered_scan, submitted_scan

pytestmark = pytest.mark.django_db


def test_no_scan_no_profile() -> None:
    assert selectors.readiness_profile(CompanyFactory()) is None
    assert selectors.readiness_profiles([]) == {}


def test_the_open_scan_speaks_until_one_is_submitted() -> None:
    company, user = CompanyFactory(), UserFactory()
    scan = answered_scan(company, user, {"eco": "2", "human": "na", "smart": "unknown"})
    profile = selectors.readiness_profile(company)
    assert profile is not None
    assert (profile.scan_id, profile.submitted_at) == (scan.pk, None)
    eco, smart = profile.scores.of("eco"), profile.scores.of("smart")
    assert eco is not None
    assert smart is not None
    assert (eco.value, eco.low, eco.high) == (2, 2, 2)
    assert profile.scores.of("human") is None
    assert (smart.value, smart.low, smart.high) == (None, 1, 5)
    assert profile.overall is not None
    # Five open transitions and one at 2; human does not apply.
    assert profile.overall.low == Fraction(7, 6)
    assert profile.overall.high == Fraction(27, 6)


def test_the_latest_submitted_scan_speaks_over_an_open_one() -> None:
    company, user = CompanyFactory(), UserFactory()
    submitted_scan(company, user, {"eco": "2"})
    second = submitted_scan(company, user, {"eco": "3"})
    answered_scan(company, user, {"eco": "5"})
    profile = selectors.readiness_profile(company)
    assert profile is not None
    assert (profile.scan_id, profile.moment) == (second.pk, 1)


def test_counted_in_the_database_is_scored_one_by_one() -> None:
    """The database counts; the domain scores answers one by one: the same outcome."""
    company, user = CompanyFactory(), UserFactory()
    codes = {"eco": "2", "human": "na", "smart": "unknown", "wcmt": "5"}
    scan = answered_scan(company, user, codes)
    scores = selectors.scan_scores([scan])[scan.pk]
    for item in scores.transitions:
        statements = Statement.objects.filter(
            transition__questionnaire=scan.questionnaire_id, transition__slug=item.slug
        )
        code = codes.get(item.slug)
        one_by_one = tally([Response.from_code(code) if code else None for _ in statements])
        assert item.score == score_transition(one_by_one)
    assert [item.slug for item in scores.transitions] == [
        "wcmt",
        "e2e",
        "digital",
        "human",
        "network",
        "eco",
        "smart",
    ]


def test_many_companies_cost_as_many_queries_as_one(django_assert_num_queries: Any) -> None:
    user = UserFactory()
    companies = [CompanyFactory() for _ in range(4)]
    for company in companies[:3]:
        submitted_scan(company, user, {"eco": "2"})
    with django_assert_num_queries(3):
        profiles = selectors.readiness_profiles([company.pk for company in companies])
    assert set(profiles) == {company.pk for company in companies[:3]}


def test_only_submitted_scans_on_the_same_version_compare() -> None:
    company, user = CompanyFactory(), UserFactory()
    first = submitted_scan(company, user, {"eco": "2"})
    second = submitted_scan(company, user, {"eco": "3"})
    submitted_scan(CompanyFactory(), user, {"eco": "3"})
    assert list(selectors.comparable_entries(second)) == [second, first]
    assert list(selectors.comparable_entries(first)) == [first]
    draft = draft_from(questionnaire_id=first.questionnaire_id)
    publish_questionnaire(questionnaire_id=draft.pk, user=user)
    third = start_scan(company=company, user=user)
    assert list(selectors.comparable_entries(third)) == [third]


def test_an_empty_transition_does_not_apply() -> None:
    assert score_transition(Tally()) is None
