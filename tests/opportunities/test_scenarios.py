"""Scenarios: what the database refuses, who takes turns, and what counts for the rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.utils import translation

from assessments.opportunities import selectors, services
from assessments.opportunities.domain.calculators.catalogue import Calculator
from assessments.opportunities.models import Scenario
from companies.profiles.models import Company, WorkforceNorm
from tests.factories import CompanyFactory, UserFactory
from tests.opportunities.conftest import NOW
from tests.opportunities.domain.calculators.test_investment import COBOT
from tests.opportunities.scenarios import BY_HAND, kept
from tests.opportunities.test_models import breaks

TODAY = NOW.date()


@pytest.fixture
def company(db: None) -> Company:
    company: Company = CompanyFactory()
    return company


def version(company: Company) -> int:
    return Company.objects.get(pk=company.pk).facts_version


def copy_of(scenario: Scenario, **changes: object) -> Scenario:
    """The same row once more, straight into the table."""
    row = Scenario.objects.get(pk=scenario.pk)
    row.pk, row.name = None, "Andere"
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


# --- the database ---------------------------------------------------------------------------


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("scenario_name_once", {"name": "KOBOT É"}),
        ("scenario_one_chosen", {"is_chosen": True}),
        ("scenario_has_name", {"name": "  \t"}),
        ("scenario_inputs_by_name", {"inputs": ["5"]}),
        ("scenario_calculator_known", {"calculator": "loterij"}),
    ],
)
def test_the_database_refuses(company: Company, rule: str, changes: dict[str, object]) -> None:
    scenario = kept(company, "Kobot é", counts=True)
    with breaks(rule):
        copy_of(scenario, **changes)


@pytest.mark.django_db
def test_names_and_choices_of_others_do_not_matter(company: Company) -> None:
    scenario = kept(company, "Kobot", counts=True)
    other = kept(CompanyFactory(), "Kobot", counts=True)
    third = kept(company, "Kobot", calculator=Calculator.OWN_PRODUCT, counts=True)
    assert {scenario.pk, other.pk, third.pk} == set(
        Scenario.objects.filter(is_chosen=True).values_list("pk", flat=True)
    )


@pytest.mark.django_db
def test_the_history_tells_who_changed_what(company: Company) -> None:
    scenario = kept(company)
    services.choose_scenario(company_id=company.pk, scenario_id=scenario.pk)
    services.delete_scenario(company_id=company.pk, scenario_id=scenario.pk)
    events = apps_events().filter(id=scenario.pk).order_by("pgh_id")
    assert [(event.pgh_label, event.is_chosen) for event in events] == [
        ("insert", False), ("update", True), ("delete", True),
    ]  # fmt: skip


def apps_events():
    from django.apps import apps

    return apps.get_model("opportunities", "ScenarioEvent").objects


# --- keeping --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_scenario_is_kept_with_its_exact_numbers(company: Company) -> None:
    editor = UserFactory()
    scenario = kept(company, by=editor)
    assert scenario.inputs["unit_margin"] == "2.5"
    assert selectors.inputs_of(Scenario.objects.get(pk=scenario.pk)) == COBOT
    assert (scenario.created_by, scenario.changed_by) == (editor, editor)
    assert version(company) == company.facts_version  # kept, but it does not count


@pytest.mark.django_db
def test_a_save_says_who_and_when_and_counts_only_when_it_is_chosen(company: Company) -> None:
    scenario, editor = kept(company), UserFactory()
    later = NOW + timedelta(hours=1)

    def save(name: str, **changes: Decimal) -> Scenario:
        stored = Scenario.objects.get(pk=scenario.pk)
        return services.save_scenario(
            company_id=company.pk,
            scenario_id=scenario.pk,
            name=name,
            inputs=replace(COBOT, **changes),
            expected=selectors.token_of(stored),
            by=editor,
            now=later,
        )

    saved = save("Eerste", capital=Decimal(1))
    assert (saved.changed_by, saved.changed_at, saved.created_at) == (editor, later, NOW)
    before = version(company)
    assert before == company.facts_version
    services.choose_scenario(company_id=company.pk, scenario_id=scenario.pk)
    save("Andere naam", capital=Decimal(1))
    assert version(company) == before + 1  # chosen; a name is no fact
    save("Andere naam", capital=Decimal(2))
    assert version(company) == before + 2


@pytest.mark.django_db
def test_who_saves_over_a_change_is_told_and_nothing_is_written(company: Company) -> None:
    scenario = kept(company)
    shown = selectors.token_of(scenario)

    def save(amount: int) -> Scenario:
        return services.save_scenario(
            company_id=company.pk,
            scenario_id=scenario.pk,
            name="Eerste",
            inputs=replace(COBOT, capital=Decimal(amount)),
            expected=shown,
            by=UserFactory(),
            now=NOW,
        )

    save(1)
    with pytest.raises(services.ChangedMeanwhileError):
        save(2)
    assert Scenario.objects.get().inputs["capital"] == "1"
    # Who types what the other one saved finds it saved.
    assert save(1).inputs["capital"] == "1"


@pytest.mark.django_db
def test_a_scenario_of_another_company_is_not_there(company: Company) -> None:
    strange = kept(CompanyFactory())
    for act in (
        services.choose_scenario,
        services.unchoose_scenario,
        services.delete_scenario,
    ):
        with pytest.raises(Scenario.DoesNotExist):
            act(company_id=company.pk, scenario_id=strange.pk)


# --- which one counts -----------------------------------------------------------------------


@pytest.mark.django_db
def test_one_counts_at_a_time_and_each_step_is_a_change_of_the_facts(company: Company) -> None:
    first, second = kept(company, "Eerste"), kept(company, "Tweede")
    start = version(company)

    def chosen() -> list[str]:
        return list(Scenario.objects.filter(is_chosen=True).values_list("name", flat=True))

    for _again in range(2):  # the second time nothing changes
        services.choose_scenario(company_id=company.pk, scenario_id=first.pk)
    assert (chosen(), version(company)) == (["Eerste"], start + 1)
    services.choose_scenario(company_id=company.pk, scenario_id=second.pk)
    assert (chosen(), version(company)) == (["Tweede"], start + 2)
    for _again in range(2):
        services.unchoose_scenario(company_id=company.pk, scenario_id=second.pk)
    assert (chosen(), version(company)) == ([], start + 3)
    services.choose_scenario(company_id=company.pk, scenario_id=first.pk)
    services.delete_scenario(company_id=company.pk, scenario_id=first.pk)
    assert (chosen(), version(company)) == ([], start + 5)
    services.delete_scenario(company_id=company.pk, scenario_id=second.pk)
    assert version(company) == start + 5  # it did not count


@pytest.mark.django_db
def test_a_copy_has_a_name_of_its_own_and_does_not_count(company: Company) -> None:
    scenario, editor = kept(company, "N" * 80, counts=True), UserFactory()
    before = version(company)
    with translation.override("en"):
        names = [
            services.copy_scenario(
                company_id=company.pk, scenario_id=scenario.pk, by=editor, now=NOW
            ).name
            for _ in range(3)
        ]
    assert names == ["N" * 73 + " (copy)", "N" * 71 + " (copy 2)", "N" * 71 + " (copy 3)"]
    copy = Scenario.objects.get(name=names[0])
    assert (copy.inputs, copy.is_chosen, copy.created_by) == (scenario.inputs, False, editor)
    assert version(company) == before


@pytest.mark.django_db
def test_a_company_keeps_at_most_fifty_of_a_calculator(company: Company) -> None:
    scenario = kept(company, "0")
    Scenario.objects.bulk_create(
        Scenario(
            company=company, calculator=scenario.calculator, name=str(number), inputs={},
            created_at=NOW, created_by=company.created_by,
            changed_at=NOW, changed_by=company.created_by,
        )
        for number in range(1, services.MOST_SCENARIOS)
    )  # fmt: skip
    with pytest.raises(services.TooManyScenariosError):
        kept(company, "te veel")
    with pytest.raises(services.TooManyScenariosError):
        services.copy_scenario(
            company_id=company.pk, scenario_id=scenario.pk, by=company.created_by, now=NOW
        )
    kept(company, "een ander rekenblad", calculator=Calculator.OWN_PRODUCT)


# --- what the rules read --------------------------------------------------------------------


@pytest.mark.django_db
def test_figures_of_all_companies_take_two_queries(
    company: Company, django_assert_num_queries
) -> None:
    others = [CompanyFactory() for _ in range(3)]
    for calculator in Calculator:
        kept(company, calculator=calculator, counts=True)
    kept(company, "Telt niet", inputs=replace(COBOT, capital=Decimal(1)))
    kept(others[0], counts=True)
    kept(others[1])
    ids = [one.pk for one in (company, *others)]
    with django_assert_num_queries(2):
        found = selectors.chosen_figures(ids, today=TODAY)
    assert found.keys() == {company.pk, others[0].pk}
    figures = found[company.pk]
    assert round(figures.pop("local_cost_premium_percent"), 2) == Fraction("-7.54")
    assert figures == {
        "break_even_share_of_market_percent": Fraction("40.65"),
        "enclave_guides_surplus_fte": Fraction("0.5"),
        "host_share_percent": 25,
        "payback_years": Fraction(42, 23),
        "joint_saving_percent": Fraction(900, 113),
    }
    assert found[others[0].pk] == {"payback_years": Fraction(42, 23)}
    with django_assert_num_queries(1):
        assert selectors.chosen_figures([others[1].pk], today=TODAY) == {}


@pytest.mark.django_db
def test_what_cannot_be_calculated_any_more_says_nothing(company: Company) -> None:
    scenario = kept(company, counts=True)
    kept(company, calculator=Calculator.ENCLAVE, counts=True)
    Scenario.objects.filter(pk=scenario.pk).update(inputs={"capital": "veel"})
    WorkforceNorm.objects.all().delete()
    assert selectors.chosen_figures([company.pk], today=TODAY) == {}


# --- two at once ----------------------------------------------------------------------------


def at_once(*writes: Callable[[], object]) -> list[str]:
    """Run each write in a transaction of its own, all begun before one writes."""
    barrier, outcomes = Barrier(len(writes)), []

    def run(write: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                Company.objects.exists()
                barrier.wait(timeout=10)
                write()
            outcomes.append("")
        except Exception as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(write,)) for write in writes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_two_who_save_at_once_take_turns_and_the_second_is_told() -> None:
    company = CompanyFactory()
    scenario = kept(company)
    shown = selectors.token_of(scenario)
    people = [UserFactory(), UserFactory()]

    def save(number: int) -> object:
        return services.save_scenario(
            company_id=company.pk,
            scenario_id=scenario.pk,
            name=f"Naam {number}",
            inputs=replace(COBOT, capital=Decimal(number + 1)),
            expected=shown,
            by=people[number],
            now=NOW,
        )

    outcomes = at_once(lambda: save(0), lambda: save(1))
    assert outcomes == ["", "ChangedMeanwhileError"]
    stored = Scenario.objects.get()
    assert stored.inputs["capital"] == str(int(stored.name[-1]) + 1)


@pytest.mark.django_db(transaction=True)
def test_two_who_choose_at_once_leave_one_that_counts() -> None:
    company = CompanyFactory()
    scenarios = [kept(company, "Eerste"), kept(company, "Tweede")]
    outcomes = at_once(
        *(
            lambda key=scenario.pk: services.choose_scenario(  # type: ignore[misc]
                company_id=company.pk, scenario_id=key
            )
            for scenario in scenarios
        )
    )
    assert outcomes == ["", ""]
    assert Scenario.objects.filter(is_chosen=True).count() == 1
    assert version(company) == company.facts_version + 2


def test_every_calculator_has_an_example() -> None:
    assert set(BY_HAND) == set(Calculator)
