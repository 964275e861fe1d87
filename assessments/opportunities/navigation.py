"""What the header offers for opportunities."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from companies.profiles.current import current_company
from portal.common.navigation import OPPORTUNITIES, Entry, Item


def provide(request: HttpRequest) -> Iterable[Entry]:
    """The five opportunities of the company that a person acts for."""
    company = current_company(request) if request.user.is_authenticated else None
    if company is not None:
        yield Item(
            _("Opportunities"), reverse("opportunities:overview", args=[company.pk]), OPPORTUNITIES
        )
