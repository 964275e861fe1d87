"""What the header offers of this room."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from companies.profiles.current import current_company
from portal.accounts.roles import may_see_aggregates
from portal.common.navigation import GOVERNMENT, READINESS, Entry, Item


def provide(request: HttpRequest) -> Iterable[Entry]:
    """The self-assessment of the company that a person acts for; for government, the sector."""
    if not request.user.is_authenticated:
        return
    if may_see_aggregates(request.user):
        yield Item(_("Self-assessment in the sector"), reverse("readiness:sector"), GOVERNMENT + 5)
    company = current_company(request)
    if company is not None:
        yield Item(
            _("Self-assessment"), reverse("readiness:overview", args=[company.pk]), READINESS
        )
