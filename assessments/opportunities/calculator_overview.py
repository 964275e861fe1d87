"""The five calculators of a company: what is kept, what counts, and what that says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.opportunities import selectors
from assessments.opportunities.calculator_words import Words
from assessments.opportunities.domain.calculators.catalogue import CALCULATORS, Calculator
from assessments.opportunities.domain.calculators.running import (
    NoNormError,
    Surroundings,
    figures,
)
from assessments.opportunities.domain.calculators.stored import UnreadableError
from assessments.opportunities.models import Scenario
from assessments.opportunities.services import MOST_SCENARIOS
from portal.common.choices import CRITERION_LABELS, OPPORTUNITY_LABELS
from portal.common.vocabulary import Criterion, Opportunity

# The criterion of its opportunity that the outcome of a calculator speaks about.
CRITERION_OF: dict[Calculator, Criterion] = {
    Calculator.RESHORING: Criterion.VRAAG,
    Calculator.OWN_PRODUCT: Criterion.VRAAG,
    Calculator.ENCLAVE: Criterion.VRAAG,
    Calculator.INVESTMENT: Criterion.INVESTERING,
    Calculator.PURCHASING: Criterion.INVESTERING,
}


@dataclass(frozen=True)
class CalculatorCard:
    """One calculator, the scenarios that a company keeps of it, and what the chosen one says."""

    calculator: Calculator
    opportunity: Opportunity
    opportunity_label: Any
    criterion: Criterion
    criterion_label: Any
    title: str
    intro: str
    scenarios: Sequence[Scenario]
    chosen: Scenario | None
    says: str

    @property
    def has_room(self) -> bool:
        """Another scenario can be kept."""
        return len(self.scenarios) < MOST_SCENARIOS


def cards(
    scenarios: Iterable[Scenario],
    around: Surroundings,
    only: Iterable[Calculator] = Calculator,
) -> list[CalculatorCard]:
    """The calculators in their order; only what counts is calculated."""
    by_calculator: defaultdict[str, list[Scenario]] = defaultdict(list)
    for scenario in scenarios:
        by_calculator[scenario.calculator].append(scenario)
    return [_card(calculator, by_calculator[calculator.value], around) for calculator in only]


def _card(
    calculator: Calculator, scenarios: Sequence[Scenario], around: Surroundings
) -> CalculatorCard:
    words = Words(calculator)
    chosen = next((scenario for scenario in scenarios if scenario.is_chosen), None)
    opportunity, criterion = CALCULATORS[calculator].opportunity, CRITERION_OF[calculator]
    return CalculatorCard(
        calculator=calculator,
        opportunity=opportunity,
        opportunity_label=OPPORTUNITY_LABELS[opportunity],
        criterion=criterion,
        criterion_label=CRITERION_LABELS[criterion],
        title=words.text.title,
        intro=words.text.intro,
        scenarios=scenarios,
        chosen=chosen,
        says=says(words, chosen, around) if chosen else "",
    )


def says(words: Words, scenario: Scenario, around: Surroundings) -> str:
    """What a scenario says, in one line."""
    try:
        result = figures(words.calculator, selectors.inputs_of(scenario), around)
    except (UnreadableError, NoNormError):
        return _("This scenario cannot be calculated any more. Open it to see why.")
    return words.headline(result)


def of_opportunity(opportunity: Opportunity) -> list[Calculator]:
    """The calculators that belong to an opportunity."""
    return [
        calculator
        for calculator, definition in CALCULATORS.items()
        if definition.opportunity is opportunity
    ]
