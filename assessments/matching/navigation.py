"""What the header offers of this room."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from companies.profiles.current import current_company
from portal.accounts.roles import may_see_aggregates, may_see_companies
from portal.common.navigation import GOVERNMENT, MATCHING, Entry, Item


def provide(request: HttpRequest) -> Iterable[Entry]:
    """Matches for people of a company, introductions and runs for staff."""
    if not request.user.is_authenticated:
        return
    company = current_company(request)
    if company is not None:
        yield Item(_("Matches"), reverse("matching:matches", args=[company.pk]), MATCHING)
    if may_see_companies(request.user):
        yield Item(_("Introductions"), reverse("matching:introductions"), GOVERNMENT + 45)
    if may_see_aggregates(request.user):
        yield Item(_("Matching runs"), reverse("matching:runs"), GOVERNMENT + 50)
