"""Who may see, start and stop runs; who speaks for whom in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404

from assessments.matching.domain.introductions import Side
from assessments.matching.models import Introduction, Match
from assessments.matching.models.introduction import IntroductionQuerySet
from companies.profiles.access import (
    companies_visible_to,
    company_or_404,
    may_edit,
    may_review,
)
from companies.profiles.enums import VerificationStatus
from companies.profiles.models import Company
from portal.accounts.roles import Role, has_role, may_see_aggregates, may_see_companies

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def may_run(user: User | AnonymousUser) -> bool:
    """Coordinators and administrators start and cancel runs, and see whom they are about."""
    return has_role(user, Role.COORDINATOR, Role.ADMINISTRATOR)


def run_viewer_or_404(user: User | AnonymousUser) -> None:
    """Every staff role sees runs (figures only); for others they do not exist."""
    if not may_see_aggregates(user):
        raise Http404("No runs here for you")


def runner_or_403(user: User | AnonymousUser) -> None:
    """As ``run_viewer_or_404``, and PermissionDenied for those who only look."""
    run_viewer_or_404(user)
    if not may_run(user):
        raise PermissionDenied


def sides_of(user: User | AnonymousUser, company: Company) -> frozenset[Side]:
    """On whose behalf this person acts in the ledger of a company that they may see.

    Owners and editors for the company, those who may review it as its adviser; nobody for
    a company that is closed or not verified. Two queries at most.
    """
    if company.is_closed or company.status != VerificationStatus.VERIFIED:
        return frozenset()
    found = set()
    if may_edit(user, company):
        found.add(Side.COMPANY)
    if may_review(user, company):
        found.add(Side.ADVISER)
    return frozenset(found)


def match_or_404(user: User | AnonymousUser, pk: int) -> Match:
    """A match of a company that this person may see, with company and partner."""
    found = (
        Match.objects.select_related("company", "establishment__enterprise").filter(pk=pk).first()
    )
    if found is None:
        raise Http404("No match here for you")
    company_or_404(user, found.company_id)
    return found


def judged_match_or_403(user: User | AnonymousUser, pk: int) -> Match:
    """The match when this person has an opinion on it on behalf of the company.

    Http404 when it is invisible, PermissionDenied when it is merely visible.
    """
    found = match_or_404(user, pk)
    if Side.COMPANY not in sides_of(user, found.company):
        raise PermissionDenied
    return found


def introduction_or_404(user: User | AnonymousUser, pk: int) -> Introduction:
    """An introduction of a company that this person may see, with company and partner."""
    found = (
        Introduction.objects.select_related("company", "establishment__enterprise", "match")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404("No introduction here for you")
    company_or_404(user, found.company_id)
    return found


def introductions_visible_to(user: User | AnonymousUser) -> IntroductionQuerySet:
    """Introductions of every company that a staff member may see; Http404 for others."""
    if not may_see_companies(user):
        raise Http404("No introductions here for you")
    visible: IntroductionQuerySet = Introduction.objects.all()
    return visible.filter(company__in=companies_visible_to(user))
