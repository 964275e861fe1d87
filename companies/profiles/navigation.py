"""What the header offers for companies."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from companies.profiles.current import (
    current_company,
    memberships,
    role_of,
    texts_to_accept,
)
from companies.profiles.enums import MemberRole
from companies.profiles.models import Company
from portal.accounts.roles import is_government, may_see_companies
from portal.common.navigation import COMPANY, GOVERNMENT, Entry, Item, Menu


def _switch(company: Company) -> Item:
    return Item(
        _("Switch to %(company)s") % {"company": company.name},
        reverse("profiles:switch"),
        post={"company": str(company.pk)},
    )


def provide(request: HttpRequest) -> Iterable[Entry]:
    """The pages of the company a person acts for, and a switch to the others."""
    if not request.user.is_authenticated:
        return
    if may_see_companies(request.user):
        yield Item(_("Sign-ups to check"), reverse("profiles:queue"), GOVERNMENT)
    company = current_company(request)
    if company is None:
        if not is_government(request.user):
            yield Item(_("Sign up a company"), reverse("profiles:sign_up"), COMPANY)
        return
    pages = (
        (_("Company page"), "company"),
        (_("Establishments"), "establishments"),
        (_("Activities"), "activities"),
        (_("Workforce"), "workforce"),
        (_("Customers"), "customers"),
        (_("Offers and radius"), "offers"),
        (_("Competences and certificates"), "competences"),
        (_("Documents"), "documents"),
        (_("Consents"), "consents"),
        (_("Equipment and technology"), "equipment"),
        (_("Enclaves, own products and cooperation"), "current_work"),
        (_("Excel: download and upload"), "workbook"),
        (_("Members"), "members"),
    )
    items = [Item(label, reverse(f"profiles:{name}", args=[company.pk])) for label, name in pages]
    if role_of(request, company) == MemberRole.OWNER:
        items.append(Item(_("History"), reverse("profiles:history", args=[company.pk])))
    others = [row.company for row in memberships(request) if row.company_id != company.pk]
    items += [_switch(other) for other in others]
    if not is_government(request.user):
        items.append(Item(_("Sign up another company"), reverse("profiles:sign_up")))
    yield Menu(company.name, tuple(items), COMPANY)
    privacy, owned = texts_to_accept(request)
    if privacy or owned:
        yield Item(_("New terms to accept"), reverse("profiles:accept_texts"), COMPANY + 1)
