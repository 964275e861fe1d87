"""Who may see, start and stop runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404

from portal.accounts.roles import Role, has_role, may_see_aggregates

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
