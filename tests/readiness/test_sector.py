"""What analysts see: figures over many companies, cut no finer than is safe."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.readiness.models import Questionnaire
from assessments.readiness.selectors import OVERALL, Sector, sector_figures
from assessments.readiness.services import draft_from, publish_questionnaire
from companies.profiles.enums import VerificationStatus
from companies.profiles.models import Company
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.common.vocabulary import Province
from tests.factories import CompanyFactory, UserFactory, staff
from tests.readiness.factories import answered_scan, submitted_scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return UserFactory()


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(staff(Role.ANALYST))
    return client


def companies(user: User, province: Province, *levels: str, slug: str = "eco") -> list[Company]:
    """One company for each level, with a submitted scan."""
    found = []
    for level in levels:
        company = CompanyFactory(province=province.value)
        submitted_scan(company, user, {slug: level})
        found.append(company)
    return found


def figures() -> Sector:
    found = sector_figures(minimum=5)
    assert found is not None
    return found


def test_means_and_bands(user: User) -> None:
    companies(user, Province.LIMBURG, "1", "2", "2", "3", "5", "5")
    sector = figures()
    eco, human = sector.figures["eco"], sector.figures["human"]
    assert (eco.mean.value, eco.mean.companies, eco.bands) == (3, 6, (1, 2, 1, 2))
    assert (human.mean.value, human.bands) == (None, ())
    assert sector.figures[OVERALL].mean.value == 3
    assert (sector.companies, sector.areas) == (6, ())


def test_a_mean_between_two_levels_lies_in_the_lower_band(user: User) -> None:
    for company in companies(user, Province.LIMBURG, *"11111"):
        submitted_scan(company, user, {"eco": "1", "human": "4"})
    assert figures().figures[OVERALL].mean.value == Fraction(5, 2)
    assert figures().figures[OVERALL].bands == (0, 5, 0, 0)


def test_each_verified_open_company_counts_once_with_its_latest(user: User) -> None:
    first, second, third, *_others = companies(user, Province.LIMBURG, *"1111111")
    submitted_scan(first, user, {"eco": "5"})
    answered_scan(first, user, {"eco": "1"})
    Company.objects.filter(pk=second.pk).update(status=VerificationStatus.PENDING)
    Company.objects.filter(pk=third.pk).update(
        closed_at="2026-11-25T10:00Z", closed_by=user, close_reason="gestopt"
    )
    CompanyFactory()
    sector = figures()
    assert (sector.companies, sector.verified) == (5, 6)
    assert sector.figures["eco"].mean.value == Fraction(5 + 4, 5)


def test_provinces_are_taken_together_until_they_are_enough(user: User) -> None:
    companies(user, Province.ANTWERPEN, *"22222")
    companies(user, Province.LIMBURG, *"333")
    companies(user, Province.WEST_VLAANDEREN, *"55")
    antwerp, others = figures().areas
    assert (antwerp.provinces, antwerp.companies) == ((Province.ANTWERPEN,), 5)
    assert others.provinces == (Province.LIMBURG, Province.WEST_VLAANDEREN)
    assert others.means["eco"].value == Fraction(9 + 10, 5)


def test_a_newer_version_takes_over_once_enough_companies_answered(user: User) -> None:
    found = companies(user, Province.LIMBURG, *"22222")
    old = Questionnaire.objects.get(status="published")
    draft = draft_from(questionnaire_id=old.pk)
    new = publish_questionnaire(questionnaire_id=draft.pk, user=user)
    for company in found[:4]:
        submitted_scan(company, user, {"eco": "4"})
    assert (figures().questionnaire, figures().figures["eco"].mean.value) == (old, 2)
    submitted_scan(found[4], user, {"eco": "4"})
    assert (figures().questionnaire, figures().figures["eco"].mean.value) == (new, 4)


class TestPage:
    """What is on it."""

    def test_figures_by_province_with_coverage_and_source(
        self, analyst: Client, user: User
    ) -> None:
        companies(user, Province.ANTWERPEN, *"22222")
        companies(user, Province.LIMBURG, *"33333")
        page = analyst.get(reverse("readiness:sector"))
        sector = page.context["sector"]
        assert [area.companies for area in sector.areas] == [5, 5]
        title, cells = sector.area_rows[5]
        assert (title, cells) == ("Duurzame productie", ("2,0", "3,0"))
        assert (sector.companies, sector.verified) == (10, 10)
        assert sector.bars[5].value == 2.5
        text = page.content.decode()
        assert text.count("<svg") >= 1
        assert "vzw" not in text

    def test_too_few_companies(self, analyst: Client, user: User) -> None:
        companies(user, Province.ANTWERPEN, *"2222")
        page = analyst.get(reverse("readiness:sector"))
        assert page.status_code == 200
        assert page.context["sector"].rows == ()
        assert "2,0" not in page.content.decode()

    def test_without_a_questionnaire(self, analyst: Client) -> None:
        Questionnaire.objects.update(status="retired")
        page = analyst.get(reverse("readiness:sector"))
        assert page.status_code == 200
        assert page.context["sector"] is None

    def test_the_same_number_of_queries_for_any_number_of_companies(
        self, analyst: Client, user: User, django_assert_num_queries: Any
    ) -> None:
        companies(user, Province.ANTWERPEN, *"22222")
        url = reverse("readiness:sector")
        analyst.get(url)
        with django_assert_num_queries(7):
            analyst.get(url)
        companies(user, Province.LIMBURG, *"333")
        with django_assert_num_queries(7):
            analyst.get(url)
