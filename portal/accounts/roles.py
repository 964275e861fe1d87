"""Staff roles as Django groups, and the predicates that ask for them.

Company users have no group: they get rights only through membership of a
company (``companies.profiles``) or as a contact of a partner.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeGuard

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


class Role(StrEnum):
    """Names of the four staff groups."""

    ADVISER = "adviser"
    ANALYST = "analyst"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


ROLE_LABELS: dict[Role, Any] = {
    Role.ADVISER: _("Adviser"),
    Role.ANALYST: _("Analyst"),
    Role.COORDINATOR: _("Coordinator"),
    Role.ADMINISTRATOR: _("Administrator"),
}


def has_role(user: User | AnonymousUser, *roles: Role) -> TypeGuard[User]:
    """The user is active and in one of the groups; no query after the first call."""
    return bool(user.is_authenticated and user.is_active and user.staff_roles & set(roles))


def is_government(user: User | AnonymousUser) -> TypeGuard[User]:
    """Any staff role."""
    return has_role(user, *Role)


def may_see_aggregates(user: User | AnonymousUser) -> TypeGuard[User]:
    """Dashboards with figures over many companies: every staff role."""
    return is_government(user)


def may_see_companies(user: User | AnonymousUser) -> TypeGuard[User]:
    """Lists that name companies; analysts see aggregates only."""
    return has_role(user, Role.ADVISER, Role.COORDINATOR, Role.ADMINISTRATOR)
