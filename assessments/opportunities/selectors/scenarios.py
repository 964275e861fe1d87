"""Kept calculations: of one company for its pages, and what counts of many for the rules."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from assessments.opportunities.domain.calculators.catalogue import Calculator
from assessments.opportunities.domain.calculators.running import (
    NoNormError,
    Surroundings,
    feeds,
    figures,
)
from assessments.opportunities.domain.calculators.stored import UnreadableError, decode
from assessments.opportunities.models import Scenario
from companies.profiles.models import Company, WorkforceNorm
from companies.profiles.selectors import norms_of


def scenarios_of(company: Company, calculator: Calculator | None = None) -> list[Scenario]:
    """The kept calculations in the order of their names, with who changed them; one query."""
    found = Scenario.objects.filter(company=company).select_related("changed_by")
    if calculator is not None:
        found = found.filter(calculator=calculator.value)
    return list(found.order_by("calculator", "name", "pk"))


def chosen_of(company: Company) -> dict[Calculator, Scenario]:
    """The scenario that counts, by calculator; one query."""
    found = Scenario.objects.filter(company=company, is_chosen=True).order_by("pk")
    return {Calculator(scenario.calculator): scenario for scenario in found}


def surroundings(today: date) -> Surroundings:
    """The norm for guides in force on ``today``, and the day; one query."""
    norms = WorkforceNorm.objects.filter(valid_from__lte=today).order_by("-valid_from", "pk")
    norm = norms.first()
    return Surroundings({} if norm is None else norms_of(norm).fte_per_guide, today)


def inputs_of(scenario: Scenario) -> Any:
    """The input dataclass; UnreadableError when the calculator asks something else by now."""
    return decode(Calculator(scenario.calculator), scenario.inputs)


def token_of(scenario: Scenario | None) -> str:
    """A digest of what is stored under a name, to see whether it moved; '' for nothing."""
    if scenario is None:
        return ""
    text = json.dumps([scenario.name, scenario.inputs], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def chosen_figures(company_ids: Iterable[int], *, today: date) -> dict[int, dict[str, Fraction]]:
    """What the chosen scenarios of each company hand on, by the names of ``Definition.feeds``.

    A company without a chosen scenario is absent. A figure that is not known is absent, and
    so are those of a scenario that cannot be calculated any more: its page says so. Two
    queries.
    """
    chosen = list(
        Scenario.objects.filter(company__in=list(company_ids), is_chosen=True).order_by("pk")
    )
    if not chosen:
        return {}
    around = surroundings(today)
    found: defaultdict[int, dict[str, Fraction]] = defaultdict(dict)
    for scenario in chosen:
        calculator = Calculator(scenario.calculator)
        try:
            result = figures(calculator, inputs_of(scenario), around)
        except (UnreadableError, NoNormError):
            continue
        found[scenario.company_id].update(feeds(result))
    return dict(found)
