"""Words for codes of the register that the portal shows but does not keep a list of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from companies.register.importing.folder import Standing
from portal.common.components import localised

# Code of the legal form in the register; the forms that are common among partners.
LEGAL_FORMS: dict[str, Any] = {
    "008": _("Cooperative (CVBA)"),
    "011": _("General partnership (VOF)"),
    "014": _("Public limited company (NV)"),
    "015": _("Private limited company (BVBA)"),
    "017": _("Non-profit association (vzw)"),
    "030": _("Foreign entity"),
    "610": _("Private limited company (BV)"),
    "612": _("Limited partnership (CommV)"),
    "706": _("Cooperative (CV)"),
}


def legal_form_label(code: str) -> Any:
    """The name of a legal form; its code when it is a rare one."""
    return LEGAL_FORMS.get(code, code)


def distance_label(metres: int | None) -> str:
    """Kilometres: whole ones from 10 km, one decimal below; empty when not known."""
    if metres is None:
        return ""
    if metres < 1000:
        return gettext("less than 1 km")
    decimals = 0 if metres >= 10_000 else 1
    return gettext("%(km)s km") % {"km": localised(Decimal(metres) / 1000, decimals)}


STANDING_LABELS: dict[Standing, Any] = {
    Standing.NEXT: _("comes next"),
    Standing.FITS: _("can be imported"),
    Standing.CURRENT: _("the register is at this extract"),
    Standing.OLDER: _("older than the register"),
    Standing.GAP: _("does not follow: the extract before it is missing"),
    Standing.UNREADABLE: _("cannot be read"),
}

# What an import counts, in the order in which a page shows it.
COUNT_LABELS: dict[str, Any] = {
    "establishments": _("Establishments kept"),
    "enterprises": _("Enterprises kept"),
    "activities": _("Activities of establishments"),
    "contacts": _("Contact channels"),
    "establishments_new": _("Establishments, new"),
    "establishments_changed": _("Establishments, changed"),
    "establishments_gone": _("Establishments, gone"),
    "establishments_returned": _("Establishments, came back"),
    "enterprises_new": _("Enterprises, new"),
    "enterprises_changed": _("Enterprises, changed"),
    "enterprises_gone": _("Enterprises, gone"),
    "places_unknown": _("Establishments whose place is unknown"),
    "touched": _("Numbers that the update tells about"),
    "incomplete": _("Numbers that wait for the next full extract"),
    "incomplete_address": _("Places with a new address, looked at by the next full extract"),
    "rejected": _("Rows refused"),
}
