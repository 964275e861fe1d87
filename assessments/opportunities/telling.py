"""What moved, and why, in words: for the history and for what a member has not seen yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.opportunities import words
from assessments.opportunities.domain.changes import (
    Changes,
    CriterionChange,
    Outcome,
    RuleAt,
    RuleMove,
    changes_between,
)
from assessments.opportunities.domain.facts import ACTIVITIES, CATALOGUE, FactName
from assessments.opportunities.domain.rules import RuleState
from assessments.opportunities.domain.verdict import Range
from assessments.opportunities.judgements import name_of
from assessments.opportunities.models import Assessment, Rule, RuleSet
from assessments.opportunities.selectors import Standing, StoredRuleSet, stored_rule_sets
from portal.common.choices import CRITERION_LABELS, OPPORTUNITY_LABELS
from portal.common.vocabulary import Opportunity, Verdict

RuleSets = Mapping[int, StoredRuleSet]


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason why a criterion moved, and the fact behind it with the page of its entry."""

    text: str
    fact: str = ""
    value: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class CriterionMoved:
    """A criterion from one value to another, with the causes."""

    text: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One assessment and what moved since the one before; ``note`` where no criterion did."""

    assessed_at: datetime
    verdict: str
    before: str
    moved: tuple[CriterionMoved, ...]
    note: str
    version: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class UnseenRow:
    """A verdict that moved since the member last looked."""

    opportunity: Opportunity
    label: str
    headline: str
    moved: tuple[CriterionMoved, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnseenNotice:
    """Everything that a member has not seen; ``token`` names what the notice shows."""

    company_id: int
    since: datetime
    rows: tuple[UnseenRow, ...]
    token: str


def involved(rows: Iterable[Assessment]) -> set[RuleSet]:
    """The rule sets that made these outcomes; they must be fetched."""
    return {row.rule_set for row in rows}


def history_rows(assessments: Iterable[Assessment], rule_sets: RuleSets) -> list[HistoryRow]:
    """Newest first, each with what moved since the one before it."""
    rows = list(assessments)
    found = []
    for row, before in zip_longest(rows, rows[1:]):
        changes = _changes(before, row, rule_sets) if before is not None else None
        found.append(
            HistoryRow(
                assessed_at=row.assessed_at,
                verdict=row.verdict,
                before=before.verdict if before and before.verdict != row.verdict else "",
                moved=_moved(changes, row, before, rule_sets) if changes and before else (),
                note=_note(changes) if changes else "",
                version=row.rule_set.version,
                is_current=row.is_current,
            )
        )
    return found


def unseen_notice(
    company_id: int,
    standings: Mapping[Opportunity, Standing],
    rule_sets: RuleSets | None = None,
) -> UnseenNotice | None:
    """What the member has not seen of one company; None when that is nothing.

    With the causes when ``rule_sets`` (``to_explain``) are given.
    """
    rows = tuple(
        _unseen_row(opportunity, standing, rule_sets)
        for opportunity, standing in standings.items()
        if standing.has_moved
    )
    moments = [standing.seen.at for standing in standings.values() if standing.seen]
    if not rows:
        return None
    return UnseenNotice(company_id, min(moments), rows, seen_token(standings))


def to_explain(standings: Mapping[Opportunity, Standing]) -> RuleSets:
    """The rule sets behind what was recomputed; no query when nothing was."""
    moved = {key: row for key, row in standings.items() if row.is_recomputed and row.seen}
    if not moved:
        return {}
    outcomes = [
        outcome
        for row in moved.values()
        for outcome in (row.assessment, row.seen and row.seen.assessment)
        if outcome
    ]
    return stored_rule_sets(involved(outcomes), moved)


def seen_token(standings: Mapping[Opportunity, Standing]) -> str:
    """The keys of everything that the page shows, in one word (``forms.overrides`` reads it)."""
    return " ".join(
        f"{opportunity.value}:{row.assessment.pk}:{row.override.pk if row.override else 0}"
        for opportunity, row in standings.items()
    )


def _unseen_row(
    opportunity: Opportunity, standing: Standing, rule_sets: RuleSets | None
) -> UnseenRow:
    before = standing.seen.assessment if standing.seen else standing.assessment
    moved: tuple[CriterionMoved, ...] = ()
    notes = list(_judged(before, standing))
    if standing.is_recomputed and rule_sets is not None:
        changes = _changes(before, standing.assessment, rule_sets)
        moved = _moved(changes, standing.assessment, before, rule_sets)
        if note := _note(changes):
            notes.append(note)
    return UnseenRow(
        opportunity,
        str(OPPORTUNITY_LABELS[opportunity]),
        _headline(before, standing),
        moved,
        tuple(notes),
    )


def _headline(before: Assessment, standing: Standing) -> str:
    old = words.verdict_name(Verdict(before.verdict))
    new = words.verdict_name(Verdict(standing.assessment.verdict))
    if standing.is_judged and standing.override is not None:
        return _("%(verdict)s according to %(name)s; computed: %(computed)s") % {
            "verdict": words.verdict_name(Verdict(standing.override.verdict)),
            "name": name_of(standing.override.given_by),
            "computed": new,
        }
    if standing.is_judged:
        return _("the computed verdict counts again: %(verdict)s") % {"verdict": new}
    if old != new:
        return _("from %(old)s to %(new)s") % {"old": old, "new": new}
    return _("still %(verdict)s") % {"verdict": new}


def _judged(before: Assessment, standing: Standing) -> Iterable[str]:
    """What the headline leaves out when an adviser gave or ended a verdict."""
    if not standing.is_judged or standing.seen is None:
        return
    if standing.override is not None:
        yield _("The reason: %(reason)s") % {"reason": standing.override.reason}
    if standing.seen.override is not None:
        yield _("The verdict of %(name)s (%(verdict)s) has ended.") % {
            "name": name_of(standing.seen.override.given_by),
            "verdict": words.verdict_name(Verdict(standing.seen.override.verdict)),
        }
    if before.verdict != standing.assessment.verdict:
        yield _("The computed verdict went from %(old)s to %(new)s.") % {
            "old": words.verdict_name(Verdict(before.verdict)),
            "new": words.verdict_name(Verdict(standing.assessment.verdict)),
        }


def _changes(before: Assessment, after: Assessment, rule_sets: RuleSets) -> Changes:
    return changes_between(
        Opportunity(after.opportunity),
        Outcome(before.explanation, rule_sets[before.rule_set_id].values),
        Outcome(after.explanation, rule_sets[after.rule_set_id].values),
    )


def _note(changes: Changes) -> str:
    """Rules that changed, and outcomes that moved and came back."""
    if changes.versions is not None:
        told = {"old": changes.versions[0], "new": changes.versions[1]}
        if changes.moved:
            return _("The rules changed: from version %(old)s to version %(new)s.") % told
        return (
            _(
                "The rules changed: from version %(old)s to version %(new)s. "
                "All criteria stayed the same."
            )
            % told
        )
    return "" if changes.moved else _("It moved and came back; the history tells each step.")


def _moved(
    changes: Changes, after: Assessment, before: Assessment, rule_sets: RuleSets
) -> tuple[CriterionMoved, ...]:
    reasons = {**rule_sets[before.rule_set_id].rules, **rule_sets[after.rule_set_id].rules}
    return tuple(
        CriterionMoved(
            _("%(criterion)s: from %(old)s to %(new)s")
            % {
                "criterion": CRITERION_LABELS[change.criterion],
                "old": _word(change.before),
                "new": _word(change.after),
            },
            tuple(_causes(changes, change, after.company_id, reasons)),
        )
        for change in changes.moved
    )


def _word(held: Range) -> str:
    return words.range_word(held).text


def _causes(
    changes: Changes, change: CriterionChange, company_id: int, reasons: Mapping[str, Rule]
) -> Iterable[Cause]:
    if change.start_before != change.start_after:
        told = {"old": _word(change.start_before), "new": _word(change.start_after)}
        if changes.activities_moved:
            yield Cause(
                _("Your activities changed. They now start at %(new)s instead of %(old)s.") % told,
                _("Activities"),
                url=reverse(ACTIVITIES, args=[company_id]),
            )
        else:
            yield Cause(
                _("The rules judge your activities otherwise: %(new)s instead of %(old)s.") % told
            )
    for move in change.rules:
        yield _cause(move, company_id, reasons)


def _cause(move: RuleMove, company_id: int, reasons: Mapping[str, Rule]) -> Cause:
    stored = reasons[move.rule.slug]
    reason = stored.reason_en if words.language() == "en" else stored.reason_nl
    text = _what_happened(move) % {"reason": reason}
    if move.rule.fact not in set(FactName):
        return Cause(text)
    name = FactName(move.rule.fact)
    return Cause(
        text,
        words.fact_text(name).label,
        _values(name, move),
        reverse(CATALOGUE[name].entered_at, args=[company_id]),
    )


def _what_happened(move: RuleMove) -> str:
    """A sentence with a place for the reason of the rule."""
    if move.after is None:
        return _("This rule is no more: %(reason)s")
    if move.after.state is RuleState.FIRED:
        if move.before is None:
            return _("A new rule counts: %(reason)s")
        return _("Counts now: %(reason)s")
    if move.after.state is RuleState.MISSING:
        return _("Cannot be checked now: %(reason)s")
    if move.before is not None and move.before.state is RuleState.FIRED:
        return _("Counts no longer: %(reason)s")
    return _("Can be checked now and does not count: %(reason)s")


def _values(name: FactName, move: RuleMove) -> str:
    """The fact before and after, or its value where only the rule differs."""
    spans = [_span(side, name) for side in (move.before, move.after) if side is not None]
    if len(set(spans)) == 1:
        return spans[0]
    return _("from %(old)s to %(new)s") % {"old": spans[0], "new": spans[1]}


def _span(side: RuleAt, name: FactName) -> str:
    return words.span_in_words(name, side.span)
