"""Keep calculations, and say which one counts for the opportunity.

Every write first locks the company, as all writes to its facts do: two people at once take
turns, and the second one is told what the first one did. Only the chosen scenario is a fact,
so only what happens to it raises the version of the facts.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.opportunities.domain.calculators.catalogue import Calculator
from assessments.opportunities.domain.calculators.stored import encode
from assessments.opportunities.models import Scenario
from assessments.opportunities.models.scenario import LONGEST_NAME
from assessments.opportunities.selectors import token_of
from companies.profiles.services.facts import lock_company, touch_facts
from portal.accounts.models import User

MOST_SCENARIOS = 50


class ChangedMeanwhileError(Exception):
    """The stored scenario is not the one that the page showed; nothing was written."""


class TooManyScenariosError(Exception):
    """The company keeps ``MOST_SCENARIOS`` of this calculator already."""


@transaction.atomic
def create_scenario(
    *, company_id: int, calculator: Calculator, name: str, inputs: Any, by: User, now: datetime
) -> Scenario:
    """Keep ``inputs`` (the dataclass of the calculator) under a new name.

    TooManyScenariosError; IntegrityError ``scenario_name_once`` when the name is taken.
    """
    lock_company(company_id)
    return _create(
        company_id=company_id,
        calculator=calculator,
        name=name,
        stored=encode(calculator, inputs),
        by=by,
        now=now,
    )


def _create(
    *,
    company_id: int,
    calculator: Calculator,
    name: str,
    stored: dict[str, Any],
    by: User,
    now: datetime,
) -> Scenario:
    kept = Scenario.objects.filter(company=company_id, calculator=calculator.value)
    if kept.count() >= MOST_SCENARIOS:
        raise TooManyScenariosError
    return Scenario.objects.create(
        company_id=company_id,
        calculator=calculator.value,
        name=name,
        inputs=stored,
        created_at=now,
        created_by=by,
        changed_at=now,
        changed_by=by,
    )


@transaction.atomic
def save_scenario(
    *,
    company_id: int,
    scenario_id: int,
    name: str,
    inputs: Any,
    expected: str,
    by: User,
    now: datetime,
) -> Scenario:
    """Write name and inputs, unless they moved since the page was made.

    ``expected`` is the token of what the page showed. Whoever writes what is stored already
    writes nothing. ChangedMeanwhileError; Scenario.DoesNotExist when it is gone;
    IntegrityError ``scenario_name_once``.
    """
    lock_company(company_id)
    scenario = _of(company_id, scenario_id)
    stored = encode(Calculator(scenario.calculator), inputs)
    if (scenario.name, scenario.inputs) == (name, stored):
        return scenario
    if expected != token_of(scenario):
        raise ChangedMeanwhileError
    is_other = scenario.inputs != stored
    scenario.name, scenario.inputs = name, stored
    scenario.changed_at, scenario.changed_by = now, by
    scenario.save(update_fields=["name", "inputs", "changed_at", "changed_by"])
    if scenario.is_chosen and is_other:
        touch_facts(company_id)
    return scenario


def _of(company_id: int, scenario_id: int) -> Scenario:
    return Scenario.objects.select_for_update(of=("self",)).get(pk=scenario_id, company=company_id)


@transaction.atomic
def choose_scenario(*, company_id: int, scenario_id: int) -> Scenario:
    """From now on this scenario counts; the one that counted before is kept, but does not.

    Scenario.DoesNotExist when it is gone.
    """
    lock_company(company_id)
    scenario = _of(company_id, scenario_id)
    if not scenario.is_chosen:
        Scenario.objects.filter(
            company=company_id, calculator=scenario.calculator, is_chosen=True
        ).update(is_chosen=False)
        scenario.is_chosen = True
        scenario.save(update_fields=["is_chosen"])
        touch_facts(company_id)
    return scenario


@transaction.atomic
def unchoose_scenario(*, company_id: int, scenario_id: int) -> Scenario:
    """This scenario does not count any more; Scenario.DoesNotExist when it is gone."""
    lock_company(company_id)
    scenario = _of(company_id, scenario_id)
    if scenario.is_chosen:
        scenario.is_chosen = False
        scenario.save(update_fields=["is_chosen"])
        touch_facts(company_id)
    return scenario


@transaction.atomic
def copy_scenario(*, company_id: int, scenario_id: int, by: User, now: datetime) -> Scenario:
    """The same inputs under a name of their own, not chosen.

    Scenario.DoesNotExist when it is gone; TooManyScenariosError.
    """
    lock_company(company_id)
    scenario = _of(company_id, scenario_id)
    calculator = Calculator(scenario.calculator)
    taken = Scenario.objects.filter(company=company_id, calculator=calculator.value)
    names = {name.casefold() for name in taken.values_list("name", flat=True)}
    return _create(
        company_id=company_id,
        calculator=calculator,
        name=_free_name(scenario.name, names),
        stored=scenario.inputs,
        by=by,
        now=now,
    )


def _free_name(name: str, taken: set[str]) -> str:
    """``name (copy)``, ``name (copy 2)`` and so on: the first that is free, not too long."""
    number = 1
    while True:
        ending = _("(copy)") if number == 1 else _("(copy %(number)s)") % {"number": number}
        found = f"{name[: LONGEST_NAME - len(ending) - 1].rstrip()} {ending}"
        if found.casefold() not in taken:
            return found
        number += 1


@transaction.atomic
def delete_scenario(*, company_id: int, scenario_id: int) -> str:
    """Delete it for good; its name. Scenario.DoesNotExist when it is gone already."""
    lock_company(company_id)
    scenario = _of(company_id, scenario_id)
    was_chosen = scenario.is_chosen
    scenario.delete()
    if was_chosen:
        touch_facts(company_id)
    return scenario.name
