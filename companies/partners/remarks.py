"""What this room says beside entries of the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from companies.partners.merging.selectors import survivors_among
from companies.partners.opt_out.selectors import opted_out_among
from companies.register.domain.numbers import format_number
from companies.register.models import Establishment
from companies.register.remarks import Remark

WANTS_NONE = _("Wants no proposals")


def remark(places: Sequence[Establishment]) -> Mapping[str, Sequence[Remark]]:
    """Who wants no proposals, and what was merged into another entry; two queries."""
    found: dict[str, list[Remark]] = {}
    for number in opted_out_among(places):
        found.setdefault(number, []).append(Remark(WANTS_NONE))
    for number, survivor in survivors_among(place.number for place in places).items():
        text = _("Continues as %(number)s") % {"number": format_number(survivor)}
        found.setdefault(number, []).append(Remark(text, survivor))
    return found
