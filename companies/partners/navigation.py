"""What the header offers for partners."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from companies.partners.selectors import partners_of
from companies.profiles.current import memberships
from companies.profiles.enums import VerificationStatus
from portal.accounts.roles import is_government, may_see_companies
from portal.common.navigation import GOVERNMENT, PARTNERS, Entry, Item


def provide(request: HttpRequest) -> Iterable[Entry]:
    """Staff get the list and the queue, contacts their partners, verified companies the list.

    Who acts for nobody yet is offered the sign-up.
    """
    if not request.user.is_authenticated:
        return
    if may_see_companies(request.user):
        yield Item(_("Partners"), reverse("partners:partner_list"), PARTNERS)
        yield Item(_("Partners to check"), reverse("partners:queue"), GOVERNMENT)
    elif not is_government(request.user):
        own = partners_of(request.user)
        for partner in own:
            yield Item(
                partner.establishment.name, reverse("partners:partner", args=[partner.pk]), PARTNERS
            )
        companies = [row.company for row in memberships(request)]
        if any(row.status == VerificationStatus.VERIFIED for row in companies):
            yield Item(_("Partners"), reverse("partners:partner_list"), PARTNERS)
        if not own and not companies:
            yield Item(_("Sign up as a partner"), reverse("partners:sign_up"), PARTNERS)
