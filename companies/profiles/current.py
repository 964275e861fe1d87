"""Which company a person acts for now, when there are several."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from companies.profiles import selectors
from companies.profiles.enums import EDITING_ROLES, MemberRole
from companies.profiles.models import Company, Membership

SESSION_KEY = "profiles_company"
_ATTRIBUTE = "_profiles_memberships"


def memberships(request: HttpRequest) -> list[Membership]:
    """The person's memberships with their companies; one query per request."""
    if not request.user.is_authenticated:
        return []
    found: list[Membership] | None = getattr(request, _ATTRIBUTE, None)
    if found is None:
        found = list(selectors.memberships_of(request.user))
        setattr(request, _ATTRIBUTE, found)
    return found


def role_of(request: HttpRequest, company: Company) -> MemberRole | None:
    """The person's role in a company; None for staff and strangers."""
    for membership in memberships(request):
        if membership.company_id == company.pk:
            return MemberRole(membership.role)
    return None


def may_edit(request: HttpRequest, company: Company) -> bool:
    """As ``access.may_edit``, from the memberships that the page asks anyway."""
    return not company.is_closed and role_of(request, company) in EDITING_ROLES


def current_company(request: HttpRequest) -> Company | None:
    """The company of the page, else the one switched to, else the first one."""
    companies = {membership.company_id: membership.company for membership in memberships(request)}
    match = request.resolver_match
    of_page = match.kwargs.get("company_id") if match else None
    for key in (of_page, request.session.get(SESSION_KEY)):
        if key in companies:
            return companies[key]
    return next(iter(companies.values()), None)


def texts_to_accept(request: HttpRequest) -> tuple[bool, list[Company]]:
    """Whether the person has the privacy statement to accept, and terms for which companies.

    Only what a newer version asks of members; from the memberships of this request.
    """
    rows: list[Any] = list(memberships(request))  # Any: the selector annotates
    privacy = any(not row.has_privacy for row in rows)
    owned = [row for row in rows if row.role == MemberRole.OWNER]
    return privacy, [row.company for row in owned if not row.has_terms]


def switch_to(request: HttpRequest, company: Company) -> None:
    """Act for this company from now on."""
    request.session[SESSION_KEY] = company.pk
