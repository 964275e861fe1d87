"""Rule sets as plain values: starting values per activity, and rules that move them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from assessments.opportunities.domain.facts import Span
from portal.common.vocabulary import Cell, Criterion, Opportunity


class Operator(StrEnum):
    """How a rule compares its fact."""

    AT_LEAST = "gte"
    AT_MOST = "lte"
    IS_TRUE = "true"
    IS_FALSE = "false"


class RuleState(StrEnum):
    """What became of a rule.

    It moved its criterion, did not, may still do so (its fact is open), or was not asked:
    it reads the outcome of a calculation that nobody made, and leaves its criterion alone.
    """

    FIRED = "fired"
    NOT_FIRED = "not_fired"
    MISSING = "missing"
    NOT_ASKED = "not_asked"


def state_of(operator: Operator, operand: Fraction | None, span: Span | None) -> RuleState:
    """Whether a condition holds for every, no, or only some values in ``span``."""
    if span is None:
        return RuleState.MISSING
    threshold = operand if operand is not None else Fraction(1)
    match operator:
        case Operator.AT_LEAST | Operator.IS_TRUE:
            always, never = span.low >= threshold, span.high < threshold
        case Operator.AT_MOST:
            always, never = span.high <= threshold, span.low > threshold
        case Operator.IS_FALSE:
            always, never = span.high < threshold, span.low >= threshold
    if always:
        return RuleState.FIRED
    return RuleState.NOT_FIRED if never else RuleState.MISSING


@dataclass(frozen=True, slots=True)
class Rule:
    """Move ``criterion`` one ``step`` (+1 or -1) when ``fact`` meets the condition.

    ``fact`` is the text of a ``FactName``; an unknown name is a fact that nobody
    can enter, so the rule stays missing.
    """

    slug: str
    opportunity: Opportunity
    criterion: Criterion
    fact: str
    operator: Operator
    operand: Fraction | None
    step: int

    def state(self, span: Span | None) -> RuleState:
        """What became of the rule, given what is known of its fact."""
        return state_of(self.operator, self.operand, span)


@dataclass(frozen=True)
class RuleSet:
    """One version: ``baseline[(opportunity, cell, criterion)]`` in -1..+1, and rules."""

    version: int
    baseline: Mapping[tuple[Opportunity, Cell, Criterion], int]
    rules: tuple[Rule, ...]
    _by_criterion: dict[tuple[Opportunity, Criterion], tuple[Rule, ...]] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        grouped: dict[tuple[Opportunity, Criterion], list[Rule]] = {}
        for rule in self.rules:
            grouped.setdefault((rule.opportunity, rule.criterion), []).append(rule)
        object.__setattr__(
            self,
            "_by_criterion",
            {
                key: tuple(sorted(rules, key=lambda rule: rule.slug))
                for key, rules in grouped.items()
            },
        )

    def rules_for(self, opportunity: Opportunity, criterion: Criterion) -> tuple[Rule, ...]:
        """The rules of one criterion, by slug, so that their stored order never matters."""
        return self._by_criterion.get((opportunity, criterion), ())
