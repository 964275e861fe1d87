"""Two rule sets side by side: what differs in them, and for whom a verdict would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from assessments.opportunities.domain.assess import OpportunityResult, assess_opportunity
from assessments.opportunities.domain.facts import Facts
from assessments.opportunities.domain.rules import Rule, RuleSet, RuleState
from portal.common.vocabulary import Cell, Criterion, Opportunity, Verdict

BaselineKey = tuple[Opportunity, Cell, Criterion]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule of the same slug that reads, asks or does something else."""

    before: Rule
    after: Rule


@dataclass(frozen=True, slots=True)
class BaselineChange:
    """A starting value that differs; None where a rule set gives none."""

    key: BaselineKey
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What ``after`` has that ``before`` has not, and the other way round; by slug or key."""

    added: tuple[Rule, ...]
    removed: tuple[Rule, ...]
    changed: tuple[RuleChange, ...]
    baseline: tuple[BaselineChange, ...]

    @property
    def is_empty(self) -> bool:
        """The two judge every company alike."""
        return not (self.added or self.removed or self.changed or self.baseline)


@dataclass(frozen=True, slots=True)
class ChangedVerdict:
    """One company that would get another verdict, with the slugs of the rules that differ.

    Without any it is the starting values that make the difference.
    """

    company_id: int
    opportunity: Opportunity
    before: Verdict
    after: Verdict
    rules: tuple[str, ...]


@dataclass
class Comparison:
    """Over many companies: how often each verdict becomes another, and who that is."""

    companies: int = 0
    moves: dict[Opportunity, Counter[tuple[Verdict, Verdict]]] = field(
        default_factory=lambda: {opportunity: Counter() for opportunity in Opportunity}
    )
    changed: list[ChangedVerdict] = field(default_factory=list)

    def number_changed(self, opportunity: Opportunity) -> int:
        """How many companies would get another verdict on one opportunity."""
        return self.moves[opportunity].total()

    @property
    def companies_changed(self) -> int:
        """How many companies would get another verdict on at least one opportunity."""
        return len({row.company_id for row in self.changed})


def fingerprint(rule_set: RuleSet) -> str:
    """A short text that differs as soon as a rule or starting value does."""
    rules = sorted(repr(rule) for rule in rule_set.rules)
    content = (rules, sorted(rule_set.baseline.items()))
    return sha256(repr(content).encode()).hexdigest()


def difference(before: RuleSet, after: RuleSet) -> Difference:
    """What differs between two rule sets, in the order of slugs and keys."""
    old = {rule.slug: rule for rule in before.rules}
    new = {rule.slug: rule for rule in after.rules}
    keys = sorted(
        before.baseline.keys() | after.baseline.keys(),
        key=lambda key: (list(Opportunity).index(key[0]), key[1], list(Criterion).index(key[2])),
    )
    return Difference(
        added=tuple(new[slug] for slug in sorted(new.keys() - old.keys())),
        removed=tuple(old[slug] for slug in sorted(old.keys() - new.keys())),
        changed=tuple(
            RuleChange(old[slug], new[slug])
            for slug in sorted(old.keys() & new.keys())
            if old[slug] != new[slug]
        ),
        baseline=tuple(
            BaselineChange(key, before.baseline.get(key), after.baseline.get(key))
            for key in keys
            if before.baseline.get(key) != after.baseline.get(key)
        ),
    )


def compare(facts: Mapping[int, Facts], before: RuleSet, after: RuleSet) -> Comparison:
    """Judge every company (facts by id) with both rule sets."""
    found = Comparison(companies=len(facts))
    for company_id, known in facts.items():
        for opportunity in Opportunity:
            old = assess_opportunity(known, before, opportunity)
            new = assess_opportunity(known, after, opportunity)
            if old.verdict is not new.verdict:
                found.moves[opportunity][old.verdict, new.verdict] += 1
                found.changed.append(
                    ChangedVerdict(
                        company_id, opportunity, old.verdict, new.verdict, _differing(old, new)
                    )
                )
    return found


def _differing(old: OpportunityResult, new: OpportunityResult) -> tuple[str, ...]:
    before, after = _contributions(old), _contributions(new)
    slugs = sorted(before.keys() | after.keys())
    return tuple(slug for slug in slugs if before.get(slug) != after.get(slug))


def _contributions(result: OpportunityResult) -> dict[str, tuple[Criterion, RuleState, int]]:
    """What each rule does; one that leaves its criterion alone is left out."""
    idle = {RuleState.NOT_FIRED, RuleState.NOT_ASKED}
    return {
        item.rule.slug: (row.criterion, item.state, item.rule.step)
        for row in result.criteria
        for item in row.rules
        if item.state not in idle
    }
