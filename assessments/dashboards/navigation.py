"""What the header offers of this room."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.roles import may_see_aggregates, may_see_companies
from portal.common.navigation import GOVERNMENT, Entry, Item


def provide(request: HttpRequest) -> Iterable[Entry]:
    """Figures for every member of staff, names of companies for those who follow them."""
    if may_see_aggregates(request.user):
        yield Item(_("Dashboard"), reverse("dashboards:government"), GOVERNMENT)
    if may_see_companies(request.user):
        yield Item(_("Companies"), reverse("dashboards:company_list"), GOVERNMENT + 10)
