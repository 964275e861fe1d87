"""What advisers added to scans: comments, and reopenings with their reason.

Both are read with the scan itself, so that a page shows them without a query of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf

from assessments.readiness.models import Answer, Reopening, Scan, StatementComment
from companies.profiles.enums import EDITING_ROLES
from companies.profiles.models import Company, Membership
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Comment:
    """What an adviser remarks on one statement; ``part`` is the slug of its transition."""

    statement_id: int
    statement: str
    part: str
    text: str
    written_at: datetime
    written_by: str


@dataclass(frozen=True, slots=True)
class Reopened:
    """A scan that was opened again: by whom, why, and whose submission it was."""

    pk: int
    reason: str
    reopened_at: datetime
    reopened_by: str
    submitted_at: datetime
    submitted_by: str


@dataclass(frozen=True, slots=True)
class Review:
    """Comments in the order of the questionnaire, reopenings newest first."""

    comments: tuple[Comment, ...]
    reopenings: tuple[Reopened, ...]

    def on(self, statement_id: int) -> list[Comment]:
        """The comments on one statement, oldest first."""
        return [comment for comment in self.comments if comment.statement_id == statement_id]

    @property
    def latest(self) -> Reopened | None:
        """The last reopening."""
        return self.reopenings[0] if self.reopenings else None


def _name_of(person: str) -> Coalesce:
    """As ``str(user)``."""
    return Coalesce(NullIf(f"{person}__full_name", Value("")), f"{person}__email")


def with_review(scans: QuerySet[Scan] | None = None) -> QuerySet[Scan]:
    """Scans that carry their comments and reopenings, for ``review_of``; no query more."""
    comments = (
        StatementComment.objects.filter(scan=OuterRef("pk"))
        .order_by("statement__transition__position", "statement__position", "written_at", "pk")
        .values(
            one=JSONObject(
                statement_id="statement_id",
                statement="statement__slug",
                part="statement__transition__slug",
                text="text",
                written_at="written_at",
                written_by=_name_of("written_by"),
            )
        )
    )
    reopenings = (
        Reopening.objects.filter(scan=OuterRef("pk"))
        .order_by("-reopened_at", "-pk")
        .values(
            one=JSONObject(
                pk="pk",
                reason="reason",
                reopened_at="reopened_at",
                reopened_by=_name_of("reopened_by"),
                submitted_at="submitted_at",
                submitted_by=_name_of("submitted_by"),
            )
        )
    )
    rows = Scan.objects.all() if scans is None else scans
    return rows.annotate(
        stored_comments=ArraySubquery(comments), stored_reopenings=ArraySubquery(reopenings)
    )


def review_of(scan: Scan) -> Review:
    """The comments and reopenings that a scan from ``with_review`` carries.

    AttributeError for a scan that was read without them.
    """
    carried: Any = scan  # the annotations of with_review
    return Review(
        tuple(Comment(**_with_moments(row)) for row in carried.stored_comments),
        tuple(Reopened(**_with_moments(row)) for row in carried.stored_reopenings),
    )


def _with_moments(row: dict[str, Any]) -> dict[str, Any]:
    """JSON has no moments: PostgreSQL writes them as ISO 8601."""
    return {
        name: datetime.fromisoformat(value) if name.endswith("_at") else value
        for name, value in row.items()
    }


def is_latest(scan: Scan) -> bool:
    """No later moment of the company was begun."""
    later = Scan.objects.filter(company=scan.company_id, moment__gt=scan.moment)
    return not later.exists()


def editors_of(company: Company) -> list[User]:
    """Who answers for the company: owners and editors whose account is not blocked."""
    members = (
        Membership.objects.filter(company=company, role__in=EDITING_ROLES, user__is_active=True)
        .select_related("user")
        .order_by("pk")
    )
    return [member.user for member in members]


@dataclass(frozen=True, slots=True)
class Submission:
    """What was submitted before a reopening, and what came after it.

    ``after`` holds the answers as they were submitted next, or as they stand in the scan
    now when ``is_last``. Both are by "part/statement", as a reopening keeps them.
    """

    reopening: Reopening
    before: dict[str, dict[str, str]]
    after: dict[str, dict[str, str]]
    is_last: bool


def submission_before(scan: Scan, reopening_id: int) -> Submission | None:
    """The answers around one reopening of a scan; None when it is no reopening of it.

    Two queries, three for the last one.
    """
    found = list(
        Reopening.objects.filter(scan=scan, pk__gte=reopening_id)
        .select_related("reopened_by", "submitted_by")
        .order_by("pk")[:2]
    )
    if not found or found[0].pk != reopening_id:
        return None
    is_last = len(found) == 1
    after = answers_by_slug(scan.pk) if is_last else found[1].answers
    return Submission(found[0], found[0].answers, after, is_last)


def answers_by_slug(scan_id: int) -> dict[str, dict[str, str]]:
    """The answers of a scan as a reopening keeps them, by "part/statement"; one query."""
    answers = Answer.objects.filter(scan=scan_id).select_related("statement__transition")
    return {
        f"{answer.statement.transition.slug}/{answer.statement.slug}": {
            "code": answer.response.code,
            "note": answer.note,
            "evidence": answer.evidence,
        }
        for answer in answers.order_by("statement_id", "pk")
    }
