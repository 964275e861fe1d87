"""Words for codes of the register that the portal shows but does not keep a list of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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
