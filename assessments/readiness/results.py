"""What the result page shows, put together from a scan, its answers and its scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.readiness.domain.answers import FUTURE_LEVEL, AnswerKind, Entry
from assessments.readiness.domain.scoring import (
    ScanScore,
    Score,
    Tally,
    extremes,
    score_scan,
    tally,
)
from assessments.readiness.models import Level, Scan, Statement, Transition
from assessments.readiness.selectors import comparable_entries, transitions_in_full
from portal.common.charts.bars import Row
from portal.common.charts.radar import Series
from portal.common.components import localised


def rounded(value: Fraction | None) -> Decimal | None:
    """A score to one decimal, halves up, as people round."""
    if value is None:
        return None
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


def in_words(score: Score | None) -> str:
    """A score with its range, in the language of the page."""
    if score is None:
        return _("not applicable")
    low, high = localised(rounded(score.low), 1), localised(rounded(score.high), 1)
    if score.value is None:
        return _("not known yet (between %(low)s and %(high)s)") % {"low": low, "high": high}
    value = localised(rounded(score.value), 1)
    if score.is_settled:
        return value
    return _("%(value)s (between %(low)s and %(high)s)") % {
        "value": value,
        "low": low,
        "high": high,
    }


def in_short(score: Score | None) -> str:
    """The same for a narrow place: "2,3 (2,0–2,8)", "?" for unknown."""
    if score is None:
        return _("n/a")
    value = "?" if score.value is None else localised(rounded(score.value), 1)
    if score.is_settled:
        return value
    return f"{value} ({localised(rounded(score.low), 1)}–{localised(rounded(score.high), 1)})"


@dataclass(frozen=True, slots=True)
class StatementResult:
    """One statement: where the company stands and what the next level looks like."""

    statement: Statement
    entry: Entry | None
    current: Level | None
    next: Level | None

    @property
    def is_open(self) -> bool:
        """Unknown or not answered."""
        return self.entry is None or self.entry.response.kind is AnswerKind.UNKNOWN

    @property
    def is_not_applicable(self) -> bool:
        """Left out of the score."""
        return self.entry is not None and self.entry.response.kind is AnswerKind.NOT_APPLICABLE

    @property
    def reaches_future(self) -> bool:
        """The next level is that of a factory of the future."""
        return self.next is not None and self.next.number == FUTURE_LEVEL


@dataclass(frozen=True, slots=True)
class TransitionResult:
    """One transition with its score in words and its statements.

    ``history`` has the score in short at each moment of ``Result.moments``.
    """

    transition: Transition
    score: Score | None
    words: str
    history: tuple[str, ...]
    statements: tuple[StatementResult, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Everything on the result page; ``moments`` are oldest first, this one last."""

    overall: Score | None
    overall_words: str
    open_points: str
    moments: tuple[Scan, ...]
    overall_history: tuple[str, ...]
    transitions: tuple[TransitionResult, ...]
    modules: tuple[TransitionResult, ...]
    module_bars: tuple[Row, ...]
    axes: tuple[str, ...]
    series: tuple[Series, ...]
    bars: tuple[Row, ...]
    strongest: tuple[str, ...]
    weakest: tuple[str, ...]

    @property
    def parts(self) -> tuple[TransitionResult, ...]:
        """The transitions, then the modules."""
        return (*self.transitions, *self.modules)


def result_of(scan: Scan) -> Result:
    """Put the result page together; four queries."""
    transitions = transitions_in_full(scan.questionnaire_id)
    stored = comparable_entries(scan)
    scores = {moment: score_of(transitions, given) for moment, given in stored.items()}
    now = scores[scan]
    newest = list(scores.items())[:2]
    oldest_first = tuple(reversed(scores.values()))
    titles = {transition.slug: transition.title for transition in transitions}
    most = extremes(now)
    parts = [_transition(item, oldest_first, stored[scan]) for item in transitions]
    return Result(
        overall=now.overall,
        overall_words=in_words(now.overall),
        open_points=_open_points(now.overall),
        moments=tuple(reversed(scores)),
        overall_history=tuple(in_short(score.overall) for score in oldest_first),
        transitions=tuple(part for part in parts if not part.transition.is_module),
        modules=tuple(part for part in parts if part.transition.is_module),
        module_bars=tuple(_bar(titles[item.slug], item.score) for item in now.modules),
        axes=tuple(titles[item.slug] for item in now.transitions),
        series=tuple(_line(moment.label, score) for moment, score in newest),
        bars=tuple(_bar(titles[item.slug], item.score) for item in now.transitions),
        strongest=tuple(titles[slug] for slug in most.strongest),
        weakest=tuple(titles[slug] for slug in most.weakest),
    )


def score_of(transitions: Iterable[Transition], stored: Mapping[int, Entry]) -> ScanScore:
    """Score a scan from its parts with their statements and answers by statement id."""
    tallies: dict[bool, dict[str, Tally]] = {True: {}, False: {}}
    for part in transitions:
        tallies[part.is_module][part.slug] = tally(
            entry.response if (entry := stored.get(statement.pk)) else None
            for statement in part.statements.all()
        )
    return score_scan(tallies[False], tallies[True])


def _open_points(score: Score | None) -> str:
    if score is None or score.open_points == 0:
        return ""
    return ngettext(
        "%(count)s open point: not answered or “Don't know”",
        "%(count)s open points: not answered or “Don't know”",
        score.open_points,
    ) % {"count": score.open_points}


def _transition(
    transition: Transition, oldest_first: tuple[ScanScore, ...], stored: Mapping[int, Entry]
) -> TransitionResult:
    score = oldest_first[-1].of(transition.slug)
    return TransitionResult(
        transition,
        score,
        in_words(score),
        tuple(in_short(moment.of(transition.slug)) for moment in oldest_first),
        tuple(_statement(item, stored.get(item.pk)) for item in transition.statements.all()),
    )


def _statement(statement: Statement, entry: Entry | None) -> StatementResult:
    levels = {level.number: level for level in statement.levels.all()}
    reached = entry.response.level if entry else None
    if reached is None:
        return StatementResult(statement, entry, None, None)
    return StatementResult(statement, entry, levels.get(reached), levels.get(reached + 1))


def _number(value: Fraction | None) -> float | None:
    shown = rounded(value)
    return None if shown is None else float(shown)


def _line(label: str, scores: ScanScore) -> Series:
    found = [item.score for item in scores.transitions]
    return Series(
        label,
        [_number(score.value) if score else None for score in found],
        low=[_number(score.low) if score else None for score in found],
        high=[_number(score.high) if score else None for score in found],
    )


def _bar(title: str, score: Score | None) -> Row:
    """A bar with a short text; its range stands in the table."""
    if score is None:
        return Row(title, None, _("n/a"))
    return Row(
        title,
        _number(score.value),
        "?" if score.value is None else localised(rounded(score.value), 1),
    )
