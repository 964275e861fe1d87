"""What the header offers for partners."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from companies.partners.selectors import partners_of
from portal.accounts.roles import is_government, may_see_companies
from portal.common.navigation import PARTNERS, Entry, Item


def provide(request: HttpRequest) -> Iterable[Entry]:
    """Staff get the list; contacts the partners they act for."""
    if not request.user.is_authenticated:
        return
    if may_see_companies(request.user):
        yield Item(_("Partners"), reverse("partners:partner_list"), PARTNERS)
    elif not is_government(request.user):
        for partner in partners_of(request.user):
            yield Item(
                partner.establishment.name, reverse("partners:partner", args=[partner.pk]), PARTNERS
            )
