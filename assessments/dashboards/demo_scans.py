"""Scans of the demo companies, answered through the services of their room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import cycle

from assessments.dashboards.content.demo_scans import NEEDS, VIEWS, DemoView
from assessments.readiness import selectors, services
from assessments.readiness.domain.answers import (
    HIGHEST_LEVEL,
    AnswerKind,
    Entry,
    Response,
    fingerprint,
)
from assessments.readiness.models import Scan, Statement, Transition
from companies.profiles.models import Company
from portal.accounts.models import User

NOTHING = fingerprint(None)
Levels = tuple[int, ...]


def submit_moment(company: Company, levels: Levels, *, by: User) -> Scan:
    """The next moment of a company, with every statement answered, submitted.

    ``levels`` stand for the seven transitions; the modules take the first ones again.
    """
    scan = services.start_scan(company=company, user=by)
    answer_parts(scan, levels, by=by)
    say_needs(scan)
    return services.submit_scan(scan_id=scan.pk, user=by)


def answer_parts(scan: Scan, levels: Levels, *, by: User, parts: int | None = None) -> None:
    """Answer the first ``parts`` (all) around their level, one statement a step higher."""
    changes = {}
    given = _parts(scan)[:parts]
    for transition, level in zip(given, cycle(levels), strict=False):
        for position, statement in enumerate(transition.statements.all()):
            raised = min(HIGHEST_LEVEL, level + 1) if position == 1 else level
            typed = Entry(Response(AnswerKind.LEVEL, raised))
            changes[statement.pk] = services.Change(seen=NOTHING, typed=typed)
    services.save_answers(scan_id=scan.pk, user=by, changes=changes)


def say_needs(scan: Scan) -> None:
    """In how many teams each kind of support is needed; the same in each demo company."""
    changes = {need: services.NeedChange(seen="", typed=share) for need, share in NEEDS.items()}
    services.save_needs(scan_id=scan.pk, changes=changes)


def begin_together(
    company: Company, levels: Levels, *, people: Mapping[str, User], by: User, now: datetime
) -> Scan:
    """The next moment, half way: the company answered two parts, colleagues gave views."""
    scan = services.start_scan(company=company, user=by)
    answer_parts(scan, levels, by=by, parts=2)
    for view in VIEWS:
        _give(scan, view, people[view.email], now)
    return scan


def _give(scan: Scan, view: DemoView, person: User, now: datetime) -> None:
    services.join_scan(scan_id=scan.pk, user=person, function=view.function, now=now)
    changes = {}
    for statement in _statements(scan, view.part):
        code = view.codes.get(statement.slug)
        if code is not None:
            typed = Entry(Response.from_code(code), view.note)
            changes[statement.pk] = services.Change(seen=NOTHING, typed=typed)
    services.save_view(scan_id=scan.pk, user=person, changes=changes)


def _parts(scan: Scan) -> list[Transition]:
    return selectors.transitions_in_full(scan.questionnaire_id)


def _statements(scan: Scan, part: str) -> list[Statement]:
    found = next(item for item in _parts(scan) if item.slug == part)
    return list(found.statements.all())
