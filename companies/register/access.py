"""Who may see what imports changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from portal.accounts.roles import Role, has_role, is_government

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def may_see_imports(user: User | AnonymousUser) -> bool:
    """Every member of staff: the register is public, how it is kept is the portal's affair."""
    return is_government(user)


def may_see_trial_runs(user: User | AnonymousUser) -> bool:
    """Whoever imports reads what a trial run would change; for others it did not happen."""
    return has_role(user, Role.ADMINISTRATOR)


def import_viewer_or_404(user: User | AnonymousUser) -> None:
    """Http404 for everybody else: for them there are no such pages."""
    if not may_see_imports(user):
        raise Http404("No imports here for you")
