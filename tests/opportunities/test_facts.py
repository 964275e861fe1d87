"""Facts collected from the rooms below."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from assessments.opportunities.domain.calculators.catalogue import Calculator
from assessments.opportunities.domain.facts import CATALOGUE, FactName, Span, Unit
from assessments.opportunities.selectors import chosen_figures, collect_facts
from assessments.opportunities.selectors.facts import CALCULATED_FACTS, READINESS_FACTS
from assessments.opportunities.services import choose_scenario
from assessments.readiness.models import SupportMeasure
from assessments.readiness.services import submit_scan
from companies.profiles.domain.completeness import Part
from companies.profiles.models import OwnProduct
from companies.profiles.services import confirm_part
from portal.common.vocabulary import Cell
from tests.factories import (
    ActivityFactory,
    CompanyEstablishmentFactory,
    CompanyFactory,
    CustomerFactory,
    OpportunityOfferFactory,
    UserFactory,
    WorkforceYearFactory,
)
from tests.opportunities.factories import metal_and_packing
from tests.opportunities.scenarios import kept
from tests.readiness.factories import answered_scan

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
# The shipped list of support measures holds a call without dates: nobody knows of an open one.
CALL = {FactName.INVESTMENT_CALL: Span.exactly(False)}


def known(facts, name):
    span = facts.values[name]
    assert span.low == span.high, name
    return span.low


def test_a_company_that_told_nothing_has_no_facts() -> None:
    company = CompanyFactory()
    facts = collect_facts([company.pk], today=TODAY)[company.pk]
    assert facts.activities == ()
    assert facts.values == CALL
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
        FactName.RELOCATABLE_SHARE: 40,
        FactName.SHORT_SERIES_SHARE: 60,
        FactName.COMPLEMENTARY_NEIGHBOURS: 0,
        FactName.WEAKEST_GROUPS_SHARE: 100,
        FactName.OPERATOR_AIDS: 1,
        FactName.OWN_PRODUCT_COUNT: 1,
        FactName.OWN_PRODUCT_SHARE: 6,
        FactName.ENCLAVE_COUNT: 3,
        FactName.HOST_COUNT: 2,
        FactName.LARGEST_HOST_SHARE: 80,
        FactName.EARLIER_COOPERATION: 1,
        FactName.INVESTMENT_CALL: 0,
    }
    assert {name: known(facts, name) for name in expected} == expected
    assert facts.values[FactName.AUTOMATABLE_SHARE] == Span(Fraction(0), Fraction(40))
    assert facts.values[FactName.PEAK_SHARE] == Span(Fraction(0), Fraction(40))
    # Two of five machines are recent, and one has no year.
    assert facts.values[FactName.RECENT_EQUIPMENT_SHARE] == Span(Fraction(40), Fraction(60))
    # One customer is near, one far, and the register does not know the third.
    assert facts.values[FactName.NEARBY_CUSTOMER_COUNT] == Span(Fraction(1), Fraction(2))
    assert facts.workforce_year == 2025
    assert not [name for name in facts.values if CATALOGUE[name].unit is Unit.LEVEL]
    assert not [name for name in facts.values if CATALOGUE[name].optional]
    assert set(expected) < set(facts.values)


def test_work_outside_the_study_is_neither_making_nor_handling() -> None:
    company = CompanyFactory()
    ActivityFactory(company=company, cell=None, description="Groenonderhoud", turnover_share=30)
    ActivityFactory(company=company, turnover_share=70)
    facts = collect_facts([company.pk], today=TODAY)[company.pk]
    assert known(facts, FactName.HANDLING_SHARE) == 70
    assert known(facts, FactName.MAKING_SHARE) == 0
    assert [activity.label for activity in facts.activities] == ["", "Groenonderhoud"]


def test_nothing_listed_is_unknown_until_it_is_confirmed() -> None:
    company = CompanyFactory()
    confirm_part(company_id=company.pk, part=Part.EQUIPMENT, by=UserFactory(), at=NOW)
    facts = collect_facts([company.pk], today=TODAY)[company.pk]
    assert known(facts, FactName.RECENT_EQUIPMENT_SHARE) == 0
    assert known(facts, FactName.OPERATOR_AIDS) == 0
    assert FactName.HOST_COUNT not in facts.values
    confirm_part(company_id=company.pk, part=Part.CURRENT_WORK, by=UserFactory(), at=NOW)
    facts = collect_facts([company.pk], today=TODAY)[company.pk]
    for name in (FactName.HOST_COUNT, FactName.LARGEST_HOST_SHARE, FactName.OWN_PRODUCT_SHARE):
        assert known(facts, name) == 0


def test_a_product_of_which_the_share_is_not_told_can_bring_anything() -> None:
    company = CompanyFactory()
    OwnProduct.objects.create(company=company, name="Bank")
    facts = collect_facts([company.pk], today=TODAY)[company.pk]
    assert facts.values[FactName.OWN_PRODUCT_SHARE] == Span(Fraction(0), Fraction(100))
    assert known(facts, FactName.EARLIER_COOPERATION) == 0


# --- surroundings ---------------------------------------------------------------------


def neighbour(cell: Cell | None, x_m: int, **fields) -> None:
    company = CompanyFactory(**fields)
    CompanyEstablishmentFactory(company=company, x_m=x_m, y_m=712_000)
    ActivityFactory(
        company=company, cell=cell and cell.value, description="Fietsen", turnover_share=50
    )


def test_neighbours_complement_with_work_of_the_study_that_this_one_does_not_do() -> None:
    company = CompanyFactory()
    CompanyEstablishmentFactory(company=company, x_m=652_000, y_m=712_000)
    ActivityFactory(company=company, cell=Cell.MAAK_METAAL.value, turnover_share=100)
    neighbour(Cell.MAAK_HOUT, 652_000 + 25_000)  # as far as near goes
    neighbour(Cell.HANDLING_VOEDING, 652_000 - 25_000)  # in another square
    neighbour(Cell.MAAK_HOUT, 652_000 + 25_001)  # too far
    neighbour(Cell.MAAK_METAAL, 652_000)  # the same work
    neighbour(None, 652_000)  # work outside the study
    neighbour(Cell.MAAK_HOUT, 652_000, status="pending", decided_at=None, decided_by=None)
    neighbour(
        Cell.MAAK_HOUT, 652_000, closed_at=NOW, closed_by=UserFactory(), close_reason="Gestopt"
    )
    facts = collect_facts([company.pk], today=TODAY)[company.pk]
    assert known(facts, FactName.COMPLEMENTARY_NEIGHBOURS) == 2


@pytest.mark.parametrize("slug", ["investeringsoproep", "innovatieproject"])
def test_a_call_or_subsidy_counts_from_its_first_to_its_last_day(slug: str) -> None:
    """Both are for technology; a date is what says that they can be asked for."""
    company = CompanyFactory()
    paid = SupportMeasure.objects.filter(slug=slug)

    def counts(day: date) -> bool:
        facts = collect_facts([company.pk], today=day)[company.pk]
        return bool(known(facts, FactName.INVESTMENT_CALL))

    before, after = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    assert not any(counts(day) for day in (before, TODAY, after))
    paid.update(valid_until=TODAY)
    assert [counts(day) for day in (before, TODAY, after)] == [True, True, False]
    paid.update(valid_from=TODAY)
    assert [counts(day) for day in (before, TODAY, after)] == [False, True, False]
    paid.update(valid_until=None)
    assert [counts(day) for day in (before, TODAY, after)] == [False, True, True]


def test_help_that_pays_nothing_or_is_for_something_else_is_no_call() -> None:
    company = CompanyFactory()
    for slug in ("inclusieve-technologie", "ecologiesteun"):
        SupportMeasure.objects.filter(slug=slug).update(valid_from=TODAY)
    facts = collect_facts([company.pk], today=TODAY)[company.pk]
    assert known(facts, FactName.INVESTMENT_CALL) == 0


def test_modules_of_the_self_assessment_count_once_it_is_submitted() -> None:
    company = CompanyFactory()
    scan = answered_scan(company, UserFactory(), dict.fromkeys(READINESS_FACTS, "3"))
    facts = collect_facts([company.pk], today=TODAY)[company.pk]
    assert FactName.OPERATOR_SUPPORT not in facts.values
    submit_scan(scan_id=scan.pk, user=UserFactory())
    facts = collect_facts([company.pk], today=TODAY)[company.pk]
    assert known(facts, FactName.OPERATOR_SUPPORT) == 3
    assert known(facts, FactName.RESILIENCE) == 3
    assert known(facts, FactName.READINESS_MEAN) == 3


def test_only_the_scenario_that_counts_is_a_fact() -> None:
    company = CompanyFactory()
    scenario = kept(company)
    assert FactName.PAYBACK_YEARS not in collect_facts([company.pk], today=TODAY)[company.pk].values
    choose_scenario(company_id=company.pk, scenario_id=scenario.pk)
    facts = collect_facts([company.pk], today=TODAY)[company.pk]
    expected = chosen_figures([company.pk], today=TODAY)[company.pk]["payback_years"]
    assert known(facts, FactName.PAYBACK_YEARS) == expected > 0


def test_what_each_calculator_hands_on_to_a_rule_is_known_to_it() -> None:
    company = CompanyFactory()
    for calculator in Calculator:
        kept(company, calculator=calculator, counts=True)
    values = collect_facts([company.pk], today=TODAY)[company.pk].values
    assert set(CALCULATED_FACTS.values()) <= set(values)


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
    assert facts.values == CALL
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
    with django_assert_num_queries(18):
        collect_facts(ids[:1], today=TODAY)
    with django_assert_num_queries(18):
        assert set(collect_facts(ids, today=TODAY)) == set(ids)
