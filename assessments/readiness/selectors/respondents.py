"""Reads over respondents: who takes part, what they think, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from assessments.readiness.domain.answers import Entry, Response
from assessments.readiness.domain.parts import RespondentFunction
from assessments.readiness.domain.spread import (
    Point,
    Spread,
    agreed_level,
    is_divided_on_use,
    levels_of,
    points_in_order,
    spread,
)
from assessments.readiness.models import (
    Answer,
    Level,
    Respondent,
    RespondentAnswer,
    Scan,
    Statement,
    Transition,
)
from assessments.readiness.selectors.questionnaires import transitions_in_full
from assessments.readiness.selectors.scans import Progress
from portal.accounts.models import User

_FUNCTIONS = tuple(RespondentFunction)


def respondent_of(scan: Scan, user: User) -> Respondent | None:
    """This person as a respondent of the scan, when he or she takes part."""
    return Respondent.objects.filter(scan=scan, user=user).first()


def view_entries(respondent: Respondent) -> dict[int, Entry]:
    """What one respondent thinks, by statement id; one query."""
    answers = RespondentAnswer.objects.filter(respondent=respondent)
    return {answer.statement_id: answer.entry for answer in answers}


def view_progress(scan: Scan, respondent: Respondent | None) -> list[Progress]:
    """Progress of one respondent per transition, in order; nobody answered nothing. One query."""
    given = (
        RespondentAnswer.objects.filter(
            respondent=respondent.pk if respondent else None, statement__transition=OuterRef("pk")
        )
        .order_by()
        .values("statement__transition")
        .annotate(number=Count("pk"))
        .values("number")
    )
    transitions = (
        Transition.objects.filter(questionnaire=scan.questionnaire_id)
        .annotate(total=Count("statements"), answered=Coalesce(Subquery(given), 0))
        .order_by("position", "pk")
    )
    return [Progress(item, item.answered, item.total) for item in transitions]


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who takes part; ``name`` is empty where only functions are shown."""

    function: RespondentFunction
    name: str
    answered: int


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one of them thinks of one statement."""

    function: RespondentFunction
    name: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Discussed:
    """One statement with every view on it and the company's answer.

    ``place`` is its position in the questionnaire; ``spread`` is over the levels of the
    respondents and the company, None when nobody gave one.
    """

    statement: Statement
    transition: Transition
    place: int
    opinions: tuple[Opinion, ...]
    answer: Answer | None
    spread: Spread | None

    @property
    def is_settled(self) -> bool:
        """An owner decided, however far the views lie apart."""
        return self.answer is not None and self.answer.settled_at is not None

    @property
    def is_point(self) -> bool:
        """To be talked over: the levels lie far apart and no owner decided yet."""
        return self.spread is not None and self.spread.is_point and not self.is_settled

    @property
    def is_divided_on_use(self) -> bool:
        """Not applicable for one, a level for another, and no owner decided yet."""
        return not self.is_settled and not self.is_point and is_divided_on_use(self._responses)

    @property
    def agreed_level(self) -> int | None:
        """The level on which all respondents agree, while the company has no answer."""
        if self.answer is not None:
            return None
        return agreed_level(opinion.entry.response for opinion in self.opinions)

    @property
    def _responses(self) -> list[Response]:
        own = [self.answer.response] if self.answer is not None else []
        return [*(opinion.entry.response for opinion in self.opinions), *own]


@dataclass(frozen=True, slots=True)
class Discussion:
    """The whole scan as its respondents see it."""

    voices: tuple[Voice, ...]
    statements: tuple[Discussed, ...]

    @property
    def points(self) -> list[Discussed]:
        """What is to be talked over: the largest difference first, then by place."""
        by_place = {item.place: item for item in self.statements if item.is_point}
        spreads = (
            Point(place, item.spread) for place, item in by_place.items() if item.spread is not None
        )
        return [by_place[point.place] for point in points_in_order(spreads)]

    @property
    def divided_on_use(self) -> list[Discussed]:
        """Where one says "not applicable" and another gives a level."""
        return [item for item in self.statements if item.is_divided_on_use]

    @property
    def settled(self) -> list[Discussed]:
        """What an owner decided."""
        return [item for item in self.statements if item.is_settled]

    @property
    def agreed(self) -> list[Discussed]:
        """What can be taken over, because all agree and the company has no answer."""
        return [item for item in self.statements if item.agreed_level is not None]


def discussion(scan: Scan, *, with_names: bool) -> Discussion:
    """Statements on which somebody gave a view, or an owner settled; six queries.

    Without ``with_names`` it holds levels by function alone: no names, no notes, and not
    in an order that tells who joined when.
    """
    respondents = list(Respondent.objects.filter(scan=scan).select_related("user"))
    opinions, counts = _opinions(respondents, scan, with_names=with_names)
    answers = {
        answer.statement_id: answer
        for answer in Answer.objects.filter(scan=scan).select_related("settled_by")
    }
    voices = [
        Voice(RespondentFunction(one.function), str(one.user) if with_names else "", counts[one.pk])
        for one in respondents
    ]
    if not with_names:
        voices.sort(key=lambda voice: (_FUNCTIONS.index(voice.function), voice.answered))
    statements = _all_statements(scan)
    return Discussion(
        tuple(voices),
        tuple(
            found
            for place, (transition, statement) in enumerate(statements, start=1)
            if (
                found := _discussed(
                    transition, statement, place, opinions, answers.get(statement.pk)
                )
            ).opinions
            or found.is_settled
        ),
    )


def _all_statements(scan: Scan) -> list[tuple[Transition, Statement]]:
    return [
        (transition, statement)
        for transition in transitions_in_full(scan.questionnaire_id)
        for statement in transition.statements.all()
    ]


def _opinions(
    respondents: list[Respondent], scan: Scan, *, with_names: bool
) -> tuple[dict[int, list[Opinion]], dict[int, int]]:
    """Opinions by statement id, and the number of them by respondent id."""
    by_id = {respondent.pk: respondent for respondent in respondents}
    found: dict[int, list[Opinion]] = {}
    counts = dict.fromkeys(by_id, 0)
    views = RespondentAnswer.objects.filter(respondent__scan=scan).order_by(
        "respondent__joined_at", "respondent_id", "pk"
    )
    for view in views:
        if view.respondent_id not in by_id:  # joined between the two queries
            continue
        respondent = by_id[view.respondent_id]
        counts[respondent.pk] += 1
        opinion = Opinion(
            RespondentFunction(respondent.function),
            str(respondent.user) if with_names else "",
            view.entry if with_names else Entry(view.response),
        )
        found.setdefault(view.statement_id, []).append(opinion)
    if not with_names:
        for opinions in found.values():
            opinions.sort(key=lambda one: (_FUNCTIONS.index(one.function), one.entry.response.code))
    return found, counts


def _discussed(
    transition: Transition,
    statement: Statement,
    place: int,
    opinions: Mapping[int, list[Opinion]],
    answer: Answer | None,
) -> Discussed:
    own = tuple(opinions.get(statement.pk, ()))
    responses = [opinion.entry.response for opinion in own]
    if answer is not None:
        responses.append(answer.response)
    return Discussed(statement, transition, place, own, answer, spread(levels_of(responses)))


def unsettled_points(scan_id: int) -> list[int]:
    """Ids of the statements that are still to be talked over; two queries, one without views."""
    levels: dict[int, list[int]] = {}
    views = RespondentAnswer.objects.filter(respondent__scan=scan_id, level__isnull=False)
    for statement_id, level in views.values_list("statement_id", "level"):
        levels.setdefault(statement_id, []).append(level or 0)
    if not levels:
        return []
    for answer in Answer.objects.filter(scan=scan_id, statement__in=levels):
        if answer.settled_at is not None:
            del levels[answer.statement_id]
        elif answer.level is not None:
            levels[answer.statement_id].append(answer.level)
    spreads = ((pk, spread(found)) for pk, found in levels.items())
    return sorted(pk for pk, found in spreads if found is not None and found.is_point)


def agreed_levels(scan_id: int) -> dict[int, int]:
    """Levels by statement id on which all respondents agree and the company is silent."""
    given: dict[int, list[Response]] = {}
    answered = Answer.objects.filter(scan=scan_id).values("statement")
    views = RespondentAnswer.objects.filter(~Q(statement__in=answered), respondent__scan=scan_id)
    for view in views:
        given.setdefault(view.statement_id, []).append(view.response)
    levels = ((pk, agreed_level(responses)) for pk, responses in given.items())
    return {pk: level for pk, level in sorted(levels) if level is not None}


def statement_and_answer(scan: Scan, statement_id: int) -> tuple[Statement | None, Answer | None]:
    """A statement of the scan's questionnaire with its levels, and the company's answer."""
    levels = Prefetch("levels", Level.objects.order_by("number", "pk"))
    statement = (
        Statement.objects.filter(pk=statement_id, transition__questionnaire=scan.questionnaire_id)
        .prefetch_related(levels)
        .first()
    )
    return statement, Answer.objects.filter(scan=scan, statement=statement_id).first()
