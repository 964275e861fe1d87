"""Reads over scans.

Which scan speaks for a company: the latest submitted one; as long as there is none,
the open one, whose open points make its ranges wide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, F, Q, QuerySet, Sum

from assessments.readiness.domain.answers import AnswerKind, Entry
from assessments.readiness.domain.parts import PartKind
from assessments.readiness.domain.scoring import ScanScore, Score, Tally, score_scan
from assessments.readiness.models import Answer, Scan, Transition
from companies.profiles.models import Company, Document

_ANSWER_COUNTS: Final = {
    "level_sum": Sum("level"),
    "levels": Count("pk", filter=Q(kind=AnswerKind.LEVEL)),
    "not_applicable": Count("pk", filter=Q(kind=AnswerKind.NOT_APPLICABLE)),
}


@dataclass(frozen=True, slots=True)
class ReadinessProfile:
    """What the scan that speaks for a company says, with the version that made it.

    ``scores.of(slug)`` is the score of a transition (1 to 5, exact, with its range),
    None when the whole transition does not apply to the company.
    """

    company_id: int
    scan_id: int
    moment: int
    questionnaire_version: int
    submitted_at: datetime | None
    scores: ScanScore

    @property
    def overall(self) -> Score | None:
        """The mean of the transitions, with its range."""
        return self.scores.overall


def entries(scan_id: int) -> dict[int, Entry]:
    """The answers of a scan by statement id; one query."""
    return {answer.statement_id: answer.entry for answer in Answer.objects.filter(scan=scan_id)}


def answers_by_statement(scan_id: int) -> dict[int, Answer]:
    """The answers of a scan with their document and who settled them; one query."""
    answers = Answer.objects.filter(scan=scan_id).select_related("document", "settled_by")
    return {answer.statement_id: answer for answer in answers}


def current_documents(company_id: int) -> list[Document]:
    """The documents of a company that were not removed, by title; one query."""
    documents = Document.objects.filter(company=company_id).current()
    return list(documents.order_by("title", "pk"))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a transition is: every kind of answer counts as looked at."""

    transition: Transition
    answered: int
    total: int

    @property
    def is_done(self) -> bool:
        """Every statement has an answer."""
        return self.answered == self.total


def progress(scan: Scan) -> list[Progress]:
    """Progress per transition of one scan, in order; one query."""
    transitions = (
        Transition.objects.filter(questionnaire=scan.questionnaire_id)
        .annotate(
            total=Count("statements", distinct=True),
            answered=Count(
                "statements__answers", filter=Q(statements__answers__scan=scan), distinct=True
            ),
        )
        .order_by("position", "pk")
    )
    return [Progress(item, item.answered, item.total) for item in transitions]


def scans_of(company: Company, *, only_submitted: bool) -> QuerySet[Scan]:
    """The scans of a company, newest first."""
    scans = Scan.objects.filter(company=company).select_related("questionnaire", "submitted_by")
    if only_submitted:
        scans = scans.filter(submitted_at__isnull=False)
    return scans.order_by("-moment", "pk")


def scan_scores(scans: Iterable[Scan]) -> dict[int, ScanScore]:
    """Scores by scan id; two queries whatever the number of scans."""
    wanted = {scan.pk: scan.questionnaire_id for scan in scans}
    parts = _parts_of(set(wanted.values()))
    counted: dict[int, dict[str, Tally]] = {scan_id: {} for scan_id in wanted}
    rows = (
        Answer.objects.filter(scan__in=wanted)
        .order_by()
        .values("scan_id", slug=F("statement__transition__slug"))
        .annotate(**_ANSWER_COUNTS)
    )
    for row in rows:
        total = parts[wanted[row["scan_id"]]][row["slug"]].total
        counted[row["scan_id"]][row["slug"]] = Tally(
            level_sum=row["level_sum"] or 0,
            answered=row["levels"],
            not_applicable=row["not_applicable"],
            open_points=total - row["levels"] - row["not_applicable"],
        )
    return {
        scan_id: _score(counted[scan_id], parts[questionnaire_id])
        for scan_id, questionnaire_id in wanted.items()
    }


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a questionnaire: transition or module, and its number of statements."""

    kind: str
    total: int


def _parts_of(questionnaire_ids: set[int]) -> dict[int, dict[str, _Part]]:
    """Parts by slug of each questionnaire, in its order."""
    parts: dict[int, dict[str, _Part]] = {pk: {} for pk in questionnaire_ids}
    transitions = (
        Transition.objects.filter(questionnaire__in=questionnaire_ids)
        .annotate(total=Count("statements"))
        .order_by("position", "pk")
    )
    for transition in transitions:
        part = _Part(transition.kind, transition.total)
        parts[transition.questionnaire_id][transition.slug] = part
    return parts


def _score(counted: Mapping[str, Tally], parts: Mapping[str, _Part]) -> ScanScore:
    """A part without answers is all open points."""
    tallies: dict[bool, dict[str, Tally]] = {True: {}, False: {}}
    for slug, part in parts.items():
        counts = counted.get(slug, Tally(open_points=part.total))
        tallies[part.kind == PartKind.TRANSITION][slug] = counts
    return score_scan(tallies[True], tallies[False])


def comparable_entries(scan: Scan) -> dict[Scan, dict[int, Entry]]:
    """Answers of this scan and of the submitted ones before it, newest first; one query.

    Only scans on the same version of the questionnaire compare.
    """
    answers = (
        Answer.objects.filter(
            Q(scan=scan) | Q(scan__submitted_at__isnull=False, scan__moment__lt=scan.moment),
            scan__company=scan.company_id,
            scan__questionnaire=scan.questionnaire_id,
        )
        .select_related("scan")
        .order_by("-scan__moment", "statement_id", "pk")
    )
    found: dict[Scan, dict[int, Entry]] = {scan: {}}
    for answer in answers:
        found.setdefault(answer.scan, {})[answer.statement_id] = answer.entry
    return found


def speaking_scans(company_ids: Iterable[int]) -> QuerySet[Scan]:
    """The one scan that speaks for each company (see the head of this module)."""
    return (
        Scan.objects.filter(company__in=company_ids)
        .select_related("questionnaire")
        .order_by("company_id", F("submitted_at").desc(nulls_last=True), "-moment", "pk")
        .distinct("company_id")
    )


def readiness_profiles(company_ids: Iterable[int]) -> dict[int, ReadinessProfile]:
    """Profiles by company id; companies without a scan are absent. Three queries."""
    scans = list(speaking_scans(company_ids))
    if not scans:
        return {}
    scores = scan_scores(scans)
    return {
        scan.company_id: ReadinessProfile(
            company_id=scan.company_id,
            scan_id=scan.pk,
            moment=scan.moment,
            questionnaire_version=scan.questionnaire.version,
            submitted_at=scan.submitted_at,
            scores=scores[scan.pk],
        )
        for scan in scans
    }


def readiness_profile(company: Company) -> ReadinessProfile | None:
    """The profile of one company, or None without a scan."""
    return readiness_profiles([company.pk]).get(company.pk)
