"""What the roadmap shows, put together from a scan, the catalogues and the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.readiness import selectors
from assessments.readiness.domain.answers import AnswerKind, Entry
from assessments.readiness.domain.parts import SupportNeed, TeamShare, Topic
from assessments.readiness.domain.planning import StepOutcome, StepState, outcome_of
from assessments.readiness.domain.roadmap import Candidate, RankedStep, rank
from assessments.readiness.models import (
    TEAM_SHARE_LABELS,
    Level,
    PlannedStep,
    PracticeExample,
    Scan,
    Statement,
    SupportMeasure,
    Transition,
)
from assessments.readiness.models.questionnaire import SUPPORT_NEED_LABELS
from portal.common.components import localised

SHOWN_AT_FIRST: Final = 10
IMPACT_WORDS: Final[dict[int, Any]] = {
    1: gettext_lazy("A higher level helps a little (impact 1 of 5)."),
    2: gettext_lazy("A higher level helps somewhat (impact 2 of 5)."),
    3: gettext_lazy("A higher level helps clearly (impact 3 of 5)."),
    4: gettext_lazy("A higher level helps a lot (impact 4 of 5)."),
    5: gettext_lazy("A higher level helps most of all (impact 5 of 5)."),
}
EFFORT_WORDS: Final[dict[int, Any]] = {
    1: gettext_lazy("It takes very little time and money (effort 1 of 5)."),
    2: gettext_lazy("It takes little time and money (effort 2 of 5)."),
    3: gettext_lazy("It takes some time and money (effort 3 of 5)."),
    4: gettext_lazy("It takes much time and money (effort 4 of 5)."),
    5: gettext_lazy("It takes very much time and money (effort 5 of 5)."),
}
OUTCOME_WORDS: Final[dict[StepOutcome, Any]] = {
    StepOutcome.REACHED: gettext_lazy("The target is reached."),
    StepOutcome.CLOSER: gettext_lazy("Closer to the target."),
    StepOutcome.SAME: gettext_lazy("No change yet."),
    StepOutcome.LOWER: gettext_lazy("Lower than before."),
}
# A statement keeps its code over the versions of the questionnaire: (part, statement).
Code = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Need:
    """A support need that an aid answers, and in how many teams it is there; '' when not told."""

    label: Any
    share: Any


@dataclass(frozen=True, slots=True)
class StepCard:
    """One next step; ``place`` counts from 1, ``planned`` is the step that is under way."""

    place: int
    transition: Transition
    statement: Statement
    current: Level
    next: Level
    why: tuple[str, ...]
    sum: str
    needs: tuple[Need, ...]
    practice: PracticeExample | None
    measures: tuple[SupportMeasure, ...]
    planned: PlannedStep | None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One planned step with what became of it; ``since`` is empty when nothing is known yet."""

    step: PlannedStep
    target: Level | None
    is_overdue: bool
    since: str
    outcome: StepOutcome | None

    @property
    def is_done(self) -> bool:
        """Done, and not dropped."""
        return self.step.state is StepState.DONE

    @property
    def is_reached(self) -> bool:
        """The level of the scan on the page is that of the target, or higher."""
        return self.outcome is StepOutcome.REACHED


@dataclass(frozen=True, slots=True)
class FindOut:
    """Statements of one part without a level, where no step can be advised yet."""

    transition: Transition
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Roadmap:
    """Everything on the page; ``total`` counts the cards that are not shown too."""

    cards: tuple[StepCard, ...]
    total: int
    plan: tuple[PlanRow, ...]
    ended: tuple[PlanRow, ...]
    find_out: tuple[FindOut, ...]
    needs_are_told: bool

    @property
    def hidden(self) -> int:
        """Steps that are left out of the short list."""
        return self.total - len(self.cards)

    @property
    def open_points(self) -> int:
        """Statements to find out first."""
        return sum(len(part.statements) for part in self.find_out)


@dataclass(frozen=True, slots=True)
class _Catalogues:
    """What a card points to."""

    measures: Mapping[Topic, list[SupportMeasure]]
    examples: Mapping[Topic, list[PracticeExample]]
    needs: Mapping[SupportNeed, TeamShare]
    planned: Mapping[Code, PlannedStep]


def roadmap_of(scan: Scan, *, today: date, show_all: bool, sees_open_scans: bool) -> Roadmap:
    """Put the page together; nine queries.

    Every statement below the level of a factory of the future is ranked, those of the two
    modules too. Statements that are open come apart; what is not applicable is left out.
    """
    parts = selectors.transitions_in_full(scan.questionnaire_id)
    entries = selectors.entries(scan.pk)
    steps = selectors.planned_steps(scan.company_id, with_open_scans=sees_open_scans)
    ordered = [(part, item) for part in parts for item in part.statements.all()]
    ranked = rank(_candidates(ordered, entries))
    catalogues = _Catalogues(
        measures=selectors.measures_by_topic(today),
        examples=selectors.examples_by_topic(),
        needs=selectors.support_needs(scan),
        planned={_code(step): step for step in steps if step.state is StepState.PLANNED},
    )
    shown = ranked if show_all else ranked[:SHOWN_AT_FIRST]
    levels_now = {
        (part.slug, item.slug): entries[item.pk].response.level
        for part, item in ordered
        if item.pk in entries
    }
    rows = [_plan_row(step, scan, levels_now, today) for step in steps]
    ended = [row for row in rows if row.step.state is not StepState.PLANNED]
    return Roadmap(
        cards=tuple(_cards(shown, ordered, catalogues)),
        total=len(ranked),
        plan=tuple(row for row in rows if row.step.state is StepState.PLANNED),
        ended=tuple(sorted(ended, key=_ended, reverse=True)),
        find_out=tuple(_find_out(parts, entries)),
        needs_are_told=bool(catalogues.needs),
    )


def _ended(row: PlanRow) -> float:
    """When a step was done or dropped, as seconds."""
    return row.step.ended_at.timestamp() if row.step.ended_at else 0


def _candidates(
    ordered: Iterable[tuple[Transition, Statement]], entries: Mapping[int, Entry]
) -> Iterable[Candidate]:
    for place, (_part, statement) in enumerate(ordered):
        entry = entries.get(statement.pk)
        if entry is not None and entry.response.level is not None:
            yield Candidate(
                slug=statement.slug,
                level=entry.response.level,
                impact=statement.impact,
                effort=statement.effort,
                place=place,
            )


def _cards(
    ranked: Iterable[RankedStep],
    ordered: Sequence[tuple[Transition, Statement]],
    catalogues: _Catalogues,
) -> Iterable[StepCard]:
    """Each card with the example that fits best and stands on no card above it, if there is."""
    told: set[int] = set()
    for place, step in enumerate(ranked, start=1):
        transition, statement = ordered[step.candidate.place]
        fitting = selectors.examples_for(statement.topics, catalogues.examples)
        practice = next((one for one in fitting if one.pk not in told), next(iter(fitting), None))
        if practice is not None:
            told.add(practice.pk)
        levels = {level.number: level for level in statement.levels.all()}
        yield StepCard(
            place=place,
            transition=transition,
            statement=statement,
            current=levels[step.candidate.level],
            next=levels[step.candidate.level + 1],
            why=why_of(step),
            sum=sum_of(step),
            needs=tuple(_need(SupportNeed(word), catalogues.needs) for word in statement.needs),
            practice=practice,
            measures=tuple(selectors.measures_for(statement.topics, catalogues.measures)),
            planned=catalogues.planned.get((transition.slug, statement.slug)),
        )


def why_of(step: RankedStep) -> tuple[str, ...]:
    """Why a step stands where it stands, in three plain sentences."""
    distance = ngettext(
        "You are one level below a factory of the future.",
        "You are %(count)s levels below a factory of the future.",
        step.gap,
    ) % {"count": step.gap}
    impact = str(IMPACT_WORDS[step.candidate.impact])
    return distance, impact, str(EFFORT_WORDS[step.candidate.effort])


def sum_of(step: RankedStep) -> str:
    """The sum behind the place of a step, written out; ≈ where two decimals are not exact."""
    exact = Decimal(step.priority.numerator) / Decimal(step.priority.denominator)
    return _("gap %(gap)s × impact %(impact)s ÷ effort %(effort)s %(sign)s %(result)s") % {
        "gap": step.gap,
        "impact": step.candidate.impact,
        "effort": step.candidate.effort,
        "sign": "=" if 100 % step.priority.denominator == 0 else "≈",
        "result": localised(exact),
    }


def _need(need: SupportNeed, shares: Mapping[SupportNeed, TeamShare]) -> Need:
    share = shares.get(need)
    return Need(SUPPORT_NEED_LABELS[need], TEAM_SHARE_LABELS[share] if share else "")


def _find_out(parts: Iterable[Transition], entries: Mapping[int, Entry]) -> Iterable[FindOut]:
    for part in parts:
        open_ones = tuple(
            statement
            for statement in part.statements.all()
            if statement.pk not in entries
            or entries[statement.pk].response.kind is AnswerKind.UNKNOWN
        )
        if open_ones:
            yield FindOut(part, open_ones)


def _code(step: PlannedStep) -> Code:
    return step.statement.transition.slug, step.statement.slug


def _plan_row(
    step: PlannedStep, scan: Scan, levels_now: Mapping[Code, int | None], today: date
) -> PlanRow:
    levels = {level.number: level for level in step.statement.levels.all()}
    outcome, since = _since(step, scan, levels_now.get(_code(step)))
    return PlanRow(
        step=step,
        target=levels.get(step.target_level),
        is_overdue=step.state is StepState.PLANNED and step.due_on < today,
        since=since,
        outcome=outcome,
    )


def _since(step: Any, scan: Scan, now: int | None) -> tuple[StepOutcome | None, str]:
    """What became of the level of a step since its scan, up to the scan on the page.

    ``step`` carries ``level_then`` (see ``selectors.planned_steps``). A step that was planned
    from a later scan has no "since" on this page. Levels of another version of the
    questionnaire are shown but not compared: its texts may say something else.
    """
    if scan.moment < step.scan.moment:
        return None, ""
    if scan.pk == step.scan_id:
        reached = now is not None and now >= step.target_level
        words = str(OUTCOME_WORDS[StepOutcome.REACHED])
        return (StepOutcome.REACHED, words) if reached else (None, "")
    told = " ".join((_level_at(step.scan, step.level_then), _level_at(scan, now)))
    if step.scan.questionnaire_id != scan.questionnaire_id:
        other = _("The questionnaire changed in between, so the two do not compare.")
        return None, f"{told} {other}"
    outcome = outcome_of(then=step.level_then, now=now, target=step.target_level)
    return outcome, f"{told} {OUTCOME_WORDS[outcome]}" if outcome else told


def _level_at(scan: Scan, level: int | None) -> str:
    if level is None:
        return _("%(moment)s: no level.") % {"moment": scan.label}
    return _("%(moment)s: level %(level)s.") % {"moment": scan.label, "level": level}
