"""Who may see and answer which scan.

A scan follows its company (``companies.profiles.access``). Members see every scan;
advisers and coordinators only submitted ones, because a scan in progress is a
conversation inside the company. Administrators see all, except what colleagues think of
an open scan: that only members see. Who thinks what, by name, no staff ever sees.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404

from assessments.readiness.models import Scan
from companies.profiles.access import (
    companies_visible_to,
    company_or_404,
    may_review,
    role_in,
)
from companies.profiles.enums import EDITING_ROLES, MemberRole
from companies.profiles.models import Company, Membership
from portal.accounts.models import User
from portal.accounts.roles import Role, has_role


def sees_open_scans(user: User, role: MemberRole | None) -> bool:
    """Members of the company and administrators."""
    return role is not None or has_role(user, Role.ADMINISTRATOR)


def company_and_role(user: User, company_id: int) -> tuple[Company, MemberRole | None]:
    """A visible company with the person's role in it; Http404 when it is invisible."""
    company = company_or_404(user, company_id)
    return company, role_in(user, company)


def scan_and_role(
    user: User, scan_id: int, *, scans: QuerySet[Scan] | None = None
) -> tuple[Scan, MemberRole | None]:
    """A visible scan with the person's role in its company; Http404 otherwise. One query.

    ``scans`` says with what the scan is read, such as ``selectors.with_review()``.
    """
    scan, role = company_scan_and_role(user, scan_id, scans=scans)
    if scan.is_open and not sees_open_scans(user, role):
        raise Http404("No scan here for you")
    if role is not None and scan.company.is_closed:
        role = MemberRole.READER  # a closed company is only read
    return scan, role


def company_scan_and_role(
    user: User, scan_id: int, *, scans: QuerySet[Scan] | None = None
) -> tuple[Scan, MemberRole | None]:
    """A scan of a visible company, also one in progress: show nothing of its answers now.

    For what was once submitted and stays readable after reopening.
    """
    found = Scan.objects.all() if scans is None else scans
    roles = Membership.objects.filter(company=OuterRef("company"), user=user).values("role")
    scan = (
        found.filter(pk=scan_id, company__in=companies_visible_to(user))
        .select_related("company", "questionnaire")
        .annotate(role_of_user=Subquery(roles[:1]))
        .first()
    )
    if scan is None:
        raise Http404("No scan here for you")
    return scan, MemberRole(scan.role_of_user) if scan.role_of_user else None


def may_answer(role: MemberRole | None) -> bool:
    """Owners and editors answer and submit."""
    return role in EDITING_ROLES


def may_change_settled(role: MemberRole | None) -> bool:
    """What an owner settled, only an owner changes."""
    return role == MemberRole.OWNER


def answerable_scan_or_403(user: User, scan_id: int) -> Scan:
    """A scan that this person may answer; PermissionDenied when it is merely visible."""
    scan, role = scan_and_role(user, scan_id)
    if not may_answer(role):
        raise PermissionDenied
    return scan


def sees_names(role: MemberRole | None) -> bool:
    """Members see which colleague gave which view; staff sees functions."""
    return role is not None


def discussed_scan_or_404(user: User, scan_id: int) -> tuple[Scan, MemberRole | None]:
    """A scan of which this person may see the views, with the role; Http404 otherwise.

    Members at any time, staff once it is submitted.
    """
    scan, role = scan_and_role(user, scan_id)
    if scan.is_open and role is None:
        raise Http404("No views here for you")
    return scan, role


def respondent_scan_or_403(user: User, scan_id: int) -> Scan:
    """A scan on which this person may give a view: every member, a reader too.

    A view is one's own and no fact of the company. PermissionDenied when the scan is
    merely visible.
    """
    scan, role = scan_and_role(user, scan_id)
    if role is None:
        raise PermissionDenied
    return scan


def may_give_view(scan: Scan) -> bool:
    """While the scan is open and the company too; afterwards a member only reads."""
    return scan.is_open and not scan.company.is_closed


def may_settle(scan: Scan, role: MemberRole | None) -> bool:
    """An owner settles; ``role`` is that of ``scan_and_role``, a reader's in a closed company."""
    return scan.is_open and role == MemberRole.OWNER


def settleable_scan_or_403(user: User, scan_id: int) -> Scan:
    """A scan in which this person settles what others differ on: an owner of the company."""
    scan, role = scan_and_role(user, scan_id)
    if role != MemberRole.OWNER:
        raise PermissionDenied
    return scan


def may_plan(role: MemberRole | None) -> bool:
    """Owners and editors take steps of the roadmap on; readers and advisers look."""
    return role in EDITING_ROLES


def plannable_scan_or_403(user: User, scan_id: int) -> Scan:
    """A scan, open or submitted, from which this person may plan steps.

    Http404 when it is invisible, PermissionDenied when it is merely visible.
    """
    scan, role = scan_and_role(user, scan_id)
    if not may_plan(role):
        raise PermissionDenied
    return scan


def may_comment(user: User, scan: Scan) -> bool:
    """Staff who may review the company, on a submitted scan; nobody in a closed company."""
    return not scan.is_open and not scan.company.is_closed and may_review(user, scan.company)


def reviewable_scan_or_403(
    user: User, scan_id: int, *, scans: QuerySet[Scan] | None = None
) -> Scan:
    """A visible scan of a company that this staff member may review.

    PermissionDenied when it is merely visible, such as to members.
    """
    scan, _role = scan_and_role(user, scan_id, scans=scans)
    if not may_review(user, scan.company):
        raise PermissionDenied
    return scan
