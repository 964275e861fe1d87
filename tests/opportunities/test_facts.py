"""Facts collected from the rooms below."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assessments.opportunities.domain.facts import FactName, Span
from assessments.opportunities.selectors import collect_facts
from tests.factories import (
    ActivityFactory,
    CompanyEstablishmentFactory,
    CompanyFactory,
    CustomerFactory,
    OpportunityOfferFactory,
    WorkforceYearFactory,
)
from tests.opportunities.factories import metal_and_packing

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def known(facts, name):
    span = facts.values[name]
    assert span.low == span.high, name
    return span.low


def test_a_company_that_told_nothing_has_no_facts() -> None:
    company = CompanyFactory()
    facts = collect_facts([company.pk], today=TODAY)[company.pk]
    assert facts.activities == ()
    assert facts.values == {}
    assert facts.workforce_year is None


def test_metal_and_packing_in_full() -> None:
    company = metal_and_packing()
    facts = collect_facts([company.pk], today=TODAY)[company.pk]
    expected = {
        FactName.MAKING_SHARE: 60,
        FactName.HANDLING_SHARE: 40,
        FactName.FOOD_SHARE: 0,
        FactName.METAL_WOOD_SHARE: 60,
        FactName.CUSTOM_WORK_SHARE: 60,
        FactName.JUST_IN_TIME_SHARE: 40,
        FactName.MANUAL_SHARE: 68,
        FactName.ACTIVITY_COUNT: 2,
        FactName.MAIN_ACTIVITY_SHARE: 60,
        FactName.LARGEST_CUSTOMER_SHARE: 45,
        FactName.CUSTOMER_COUNT: 3,
        FactName.STRATEGIC_CUSTOMER_SHARE: 55,
        FactName.GUIDES_SURPLUS: Fraction(5, 2),
        FactName.LOW_MIDDLE_SHARE: 100,
        FactName.ENCLAVE_SHARE: 20,
        FactName.ON_LOCATION_SHARE: 0,
        FactName.SUPERVISION_SHARE: 8,
        FactName.ENCLAVE_PLACES: 6,
        FactName.PARTNERSHIP_OFFER: 1,
        FactName.CERTIFICATE_COUNT: 1,
        FactName.SALES_SKILLS: 0,
    }
    assert {name: known(facts, name) for name in expected} == expected
    assert facts.values[FactName.AUTOMATABLE_SHARE] == Span(Fraction(0), Fraction(40))
    # One customer is near, one far, and the register does not know the third.
    assert facts.values[FactName.NEARBY_CUSTOMER_COUNT] == Span(Fraction(1), Fraction(2))
    assert facts.workforce_year == 2025
    assert not [name for name in facts.values if name.startswith("readiness")]


def test_work_outside_the_study_is_neither_making_nor_handling() -> None:
    company = CompanyFactory()
    ActivityFactory(company=company, cell=None, description="Groenonderhoud", turnover_share=30)
    ActivityFactory(company=company, turnover_share=70)
    facts = collect_facts([company.pk], today=TODAY)[company.pk]
    assert known(facts, FactName.HANDLING_SHARE) == 70
    assert known(facts, FactName.MAKING_SHARE) == 0
    assert [activity.label for activity in facts.activities] == ["", "Groenonderhoud"]


def test_an_offer_without_an_amount_says_nothing() -> None:
    company = CompanyFactory()
    OpportunityOfferFactory(company=company, amount=None, unit="")
    assert (
        FactName.ENCLAVE_PLACES not in collect_facts([company.pk], today=TODAY)[company.pk].values
    )


def test_an_empty_workforce_gives_no_shares() -> None:
    company = CompanyFactory()
    WorkforceYearFactory(company=company)
    facts = collect_facts([company.pk], today=TODAY)[company.pk]
    assert facts.values == {}
    assert facts.workforce_year == 2025


def test_without_a_place_of_its_own_nobody_is_near() -> None:
    company = CompanyFactory()
    CustomerFactory(company=company)
    facts = collect_facts([company.pk], today=TODAY)[company.pk]
    assert FactName.NEARBY_CUSTOMER_COUNT not in facts.values
    CompanyEstablishmentFactory(company=company)
    facts = collect_facts([company.pk], today=TODAY)[company.pk]
    assert facts.values[FactName.NEARBY_CUSTOMER_COUNT] == Span(Fraction(0), Fraction(1))


def test_ids_that_do_not_exist_are_left_out() -> None:
    assert collect_facts([0], today=TODAY) == {}


def test_the_number_of_queries_does_not_depend_on_the_number_of_companies(
    django_assert_num_queries,
) -> None:
    ids = [metal_and_packing().pk for _ in range(3)]
    with django_assert_num_queries(15):
        collect_facts(ids[:1], today=TODAY)
    with django_assert_num_queries(15):
        assert set(collect_facts(ids, today=TODAY)) == set(ids)
