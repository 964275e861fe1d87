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
from assessments.readiness.selectors import Part, StatementInFull, comparable_entries, parts_of
from portal.common.charts.bars import Row
from portal.common.charts.radar import Series
from portal.common.components import UNKNOWN, localised


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


def difference(now: Score | None, before: Score | None) -> str:
    """What changed between two scores as they are shown: "+0,8"; a dash when one is unknown."""
    values = [None if score is None else rounded(score.value) for score in (now, before)]
    if values[0] is None or values[1] is None:
        return UNKNOWN
    return signed(values[0] - values[1])


def signed(step: Decimal) -> str:
    """A step of a score to one decimal, with its sign: "+0,8", "−0,8" or "0,0"."""
    sign = "+" if step > 0 else "−" if step < 0 else ""
    return f"{sign}{localised(abs(step), 1)}"


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

    ``history`` has the score in short at each moment of ``Result.moments``, ``changes`` how far
    it moved since each moment of ``Result.changed_since``.
    """

    transition: Transition
    score: Score | None
    words: str
    history: tuple[str, ...]
    changes: tuple[str, ...]
    statements: tuple[StatementResult, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What the answers of a scan say; ``moments`` are oldest first, this one last.

    ``changed_since`` are the moment before and the first one, once each; ``series`` are at
    most this moment and the one before.
    """

    overall: Score | None
    overall_words: str
    open_points: str
    moments: tuple[Scan, ...]
    changed_since: tuple[Scan, ...]
    overall_history: tuple[str, ...]
    overall_changes: tuple[str, ...]
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
    """Put it together; one query once the version of the questionnaire is read."""
    parts = parts_of(scan.questionnaire)
    stored = comparable_entries(scan)
    scores = {moment: score_of(parts, given) for moment, given in stored.items()}
    now = scores[scan]
    oldest_first = tuple(reversed(scores))
    # The moment before, then the first one; with two moments they are the same.
    earlier = tuple(dict.fromkeys((*oldest_first[-2:-1], *oldest_first[:-1][:1])))
    history = History(
        tuple(scores[moment] for moment in oldest_first),
        tuple(scores[moment] for moment in earlier),
    )
    titles = {part.slug: part.title for part in parts}
    most = extremes(now)
    found = [_transition(part, history, stored[scan]) for part in parts]
    return Result(
        overall=now.overall,
        overall_words=in_words(now.overall),
        open_points=_open_points(now.overall),
        moments=oldest_first,
        changed_since=earlier,
        overall_history=tuple(in_short(score.overall) for score in history.scores),
        overall_changes=tuple(difference(now.overall, then.overall) for then in history.earlier),
        transitions=tuple(item for item in found if not item.transition.is_module),
        modules=tuple(item for item in found if item.transition.is_module),
        module_bars=tuple(_bar(titles[item.slug], item.score) for item in now.modules),
        axes=tuple(titles[item.slug] for item in now.transitions),
        series=tuple(_line(moment.label, score) for moment, score in list(scores.items())[:2]),
        bars=tuple(_bar(titles[item.slug], item.score) for item in now.transitions),
        strongest=tuple(titles[slug] for slug in most.strongest),
        weakest=tuple(titles[slug] for slug in most.weakest),
    )


@dataclass(frozen=True, slots=True)
class History:
    """Scores of all moments, oldest first, and of those that the last one is held against."""

    scores: tuple[ScanScore, ...]
    earlier: tuple[ScanScore, ...]


def score_of(parts: Iterable[Part], stored: Mapping[int, Entry]) -> ScanScore:
    """Score a scan from its parts with their statements and answers by statement id."""
    tallies: dict[bool, dict[str, Tally]] = {True: {}, False: {}}
    for part in parts:
        tallies[part.is_module][part.slug] = tally(
            entry.response if (entry := stored.get(item.statement.pk)) else None
            for item in part.statements
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


def _transition(part: Part, history: History, stored: Mapping[int, Entry]) -> TransitionResult:
    score = history.scores[-1].of(part.slug)
    return TransitionResult(
        part.transition,
        score,
        in_words(score),
        tuple(in_short(moment.of(part.slug)) for moment in history.scores),
        tuple(difference(score, then.of(part.slug)) for then in history.earlier),
        tuple(_statement(item, stored.get(item.statement.pk)) for item in part.statements),
    )


def _statement(item: StatementInFull, entry: Entry | None) -> StatementResult:
    reached = entry.response.level if entry else None
    if reached is None:
        return StatementResult(item.statement, entry, None, None)
    return StatementResult(
        item.statement, entry, item.levels.get(reached), item.levels.get(reached + 1)
    )


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
