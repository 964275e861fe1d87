"""Profiles of many companies cost as many queries as one."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from companies.profiles import selectors, services
from companies.profiles.domain.completeness import Part
from companies.profiles.models import Company, Competence
from tests.factories import (
    ActivityFactory,
    CompanyEstablishmentFactory,
    CompanyFactory,
    CustomerFactory,
    OpportunityOfferFactory,
    WorkforceCellFactory,
    WorkforceYearFactory,
)

pytestmark = pytest.mark.django_db


def full_company() -> Company:
    """A company with something in every part."""
    company: Company = CompanyFactory()
    CompanyEstablishmentFactory(company=company)
    ActivityFactory(company=company)
    CustomerFactory(company=company)
    OpportunityOfferFactory(company=company)
    for year in (2024, 2025):
        WorkforceCellFactory(workforce_year=WorkforceYearFactory(company=company, year=year))
    company.competences.set(Competence.objects.filter(slug__in=["haccp", "brc"]))
    for part in (Part.EQUIPMENT, Part.CURRENT_WORK):  # "we have none" is an answer
        services.confirm_part(
            company_id=company.pk, part=part, by=company.created_by, at=timezone.now()
        )
    return company


@pytest.mark.parametrize("count", [1, 4])
def test_profiles_of_any_number_of_companies(count: int, django_assert_num_queries: Any) -> None:
    companies = [full_company() for _ in range(count)]
    with django_assert_num_queries(12):
        profiles = selectors.company_profiles([company.pk for company in companies])
        for profile in profiles:
            assert profile.workforce is not None
            assert profile.workforce.year == 2025
            assert profile.completeness.is_complete
            assert profile.competence_slugs == {"haccp", "brc"}
            assert profile.concentration is not None
            assert len(selectors.fte_by_cell(profile.workforce)) == 1
    assert [profile.company for profile in profiles] == companies


def test_profiles_of_a_queryset() -> None:
    company = full_company()
    CompanyFactory()
    found = selectors.company_profiles(Company.objects.filter(pk=company.pk))
    assert [profile.company for profile in found] == [company]


def test_an_empty_profile_misses_everything() -> None:
    profile = selectors.company_profile(CompanyFactory())
    assert profile.workforce is None
    assert profile.concentration is None
    assert set(profile.completeness.missing) == profile.completeness.asked >= {Part.ACTIVITIES}


def test_the_summary_is_one_query(django_assert_num_queries: Any) -> None:
    company = full_company()
    with django_assert_num_queries(1):
        summary = selectors.company_summary(company)
    assert summary.completeness.is_complete
    assert (summary.workforce_year, summary.heads) == (2025, 30)
    assert len(summary.activity_labels) == len(summary.offer_labels) == 1
    assert summary.establishments[0]["postcode"] == "2000"


def test_the_summary_of_an_empty_company() -> None:
    company = CompanyFactory()
    summary = selectors.company_summary(company)
    assert summary.completeness == selectors.company_profile(company).completeness
    assert summary.heads == 0


def test_a_year_with_its_totals_and_the_step_from_the_year_before() -> None:
    company = CompanyFactory()
    for year, heads, doorstroom in ((2023, 20, 1), (2025, 24, 3)):
        row = WorkforceYearFactory(company=company, year=year, doorstroom_heads=doorstroom)
        WorkforceCellFactory(workforce_year=row, heads=heads, fte=heads / 2)
        WorkforceCellFactory(workforce_year=row, guidance_level="laag", heads=1, fte=1)
    stored = selectors.workforces_until(company, 2025)

    report = selectors.year_report(stored, 2025)

    assert report is not None
    assert report.before == 2023
    first, together = report.rows[0], report.rows[-1]
    assert [count.heads for count in first.counts] == [0, 24, 1, 25]
    assert [count.fte for count in together.counts] == [0, 12, 1, 13]
    assert report.changes[0].difference == 4
    assert report.doorstroom == (("2023", 1), ("2025", 3))
    assert selectors.year_report(stored, 2024) is None
