"""Who may see, edit, own or review which company.

Invisible companies answer 404, visible ones that a person may not touch 403. Rights
come from membership (company users) or from a staff role; an analyst has no right to
any single company.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from companies.profiles.enums import EDITING_ROLES, MemberRole
from companies.profiles.models import Company, CompanyAdviser, Membership
from companies.profiles.models.company import CompanyQuerySet
from companies.profiles.selectors import staff_decides_on_members
from portal.accounts.roles import Role, has_role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def sees_all_companies(user: User | AnonymousUser) -> bool:
    """Coordinators and administrators see every company."""
    return has_role(user, Role.COORDINATOR, Role.ADMINISTRATOR)


def _in_scope_of_staff(user: User) -> Q | None:
    """Condition on Company for the companies that a staff member follows; None for none."""
    if sees_all_companies(user):
        return Q()
    if has_role(user, Role.ADVISER):
        assigned = CompanyAdviser.objects.filter(company=OuterRef("pk"), user=user)
        return Q(Exists(assigned)) | Q(province__in=user.staff_provinces)
    return None


def companies_visible_to(user: User | AnonymousUser) -> CompanyQuerySet:
    """Companies that this person may see; each once, ready to filter further."""
    companies: CompanyQuerySet = Company.objects.all()
    if not user.is_authenticated or not user.is_active:
        return companies.none()
    scope = _in_scope_of_staff(user)
    if scope == Q():
        return companies
    if scope is None and has_role(user, Role.ANALYST):
        return companies.none()
    member = Q(Exists(Membership.objects.filter(company=OuterRef("pk"), user=user)))
    return companies.filter(member if scope is None else member | scope)


def companies_reviewable_by(user: User | AnonymousUser) -> CompanyQuerySet:
    """Companies whose sign-up this staff member may verify or decline."""
    companies: CompanyQuerySet = Company.objects.all()
    scope = _in_scope_of_staff(user) if user.is_authenticated and user.is_active else None
    return companies.none() if scope is None else companies.filter(scope)


def may_review(user: User | AnonymousUser, company: Company) -> bool:
    """As ``companies_reviewable_by``, for one company; a query only for an assignment."""
    if sees_all_companies(user):
        return True
    if not has_role(user, Role.ADVISER):
        return False
    return (
        company.province in user.staff_provinces
        or CompanyAdviser.objects.filter(company=company, user=user).exists()
    )


def role_in(user: User | AnonymousUser, company: Company) -> MemberRole | None:
    """The person's role as a member of the company; one query."""
    if not user.is_authenticated:
        return None
    role = (
        Membership.objects.filter(company=company, user=user).values_list("role", flat=True).first()
    )
    return MemberRole(role) if role else None


def company_or_404(user: User | AnonymousUser, company_id: int) -> Company:
    """The company when this person may see it; Http404 otherwise."""
    company = companies_visible_to(user).filter(pk=company_id).first()
    if company is None:
        raise Http404("No company here for you")
    return company


def may_edit(user: User | AnonymousUser, company: Company) -> bool:
    """Owners and editors change the facts of their company while it is open; staff do not."""
    return not company.is_closed and role_in(user, company) in EDITING_ROLES


def editable_company_or_403(user: User | AnonymousUser, company_id: int) -> Company:
    """The company when this person may change its facts.

    Http404 when it is invisible, PermissionDenied when it is merely visible.
    """
    company = company_or_404(user, company_id)
    if not may_edit(user, company):
        raise PermissionDenied
    return company


def owned_company_or_403(
    user: User | AnonymousUser, company_id: int, *, closed_too: bool = False
) -> Company:
    """The company when this person owns it; otherwise as ``editable_company_or_403``.

    An owner only reads a closed company; ``closed_too`` is for export and reopening.
    """
    company = company_or_404(user, company_id)
    if role_in(user, company) != MemberRole.OWNER or (company.is_closed and not closed_too):
        raise PermissionDenied
    return company


def may_decide_on_members(user: User | AnonymousUser, company: Company) -> bool:
    """Whether this person answers requests to join.

    The owners do; advisers and coordinators do where no owner can (all are blocked) or
    may (the sign-up was declined, so nobody knows whether they act for the company).
    Nobody does for a closed company: its members only read.
    """
    if company.is_closed:
        return False
    if staff_decides_on_members(company):
        return may_review(user, company)
    return role_in(user, company) == MemberRole.OWNER


def company_to_decide_on_or_403(user: User | AnonymousUser, company_id: int) -> Company:
    """The company when this person answers its requests to join.

    Http404 when it is invisible, PermissionDenied when it is merely visible.
    """
    company = company_or_404(user, company_id)
    if not may_decide_on_members(user, company):
        raise PermissionDenied
    return company


def reviewable_company_or_403(user: User | AnonymousUser, company_id: int) -> Company:
    """The company when this staff member may verify it.

    Advisers for the companies they follow, coordinators and administrators for all; nobody
    a closed one. Http404 when it is invisible, PermissionDenied when it is merely visible.
    """
    company = company_or_404(user, company_id)
    if company.is_closed or not may_review(user, company):
        raise PermissionDenied
    return company
