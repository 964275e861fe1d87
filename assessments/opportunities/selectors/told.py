"""What a company told of an opportunity, line by line, shown beside its verdict.

Rules weigh shares and numbers; here stand the machines, hosts, products and partners
themselves. The same text serves board and adviser: nobody has to look it up in the
profile, and nobody proposes as new what is there already.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companies.profiles.domain.exposure import Exposure
from companies.profiles.models import (
    Activity,
    Company,
    Cooperation,
    Enclave,
    Equipment,
    OwnProduct,
)
from companies.profiles.selectors import work_traits
from portal.common.vocabulary import Opportunity

ACTIVITIES = "profiles:activities"
EQUIPMENT = "profiles:equipment"
CURRENT_WORK = "profiles:current_work"


@dataclass(frozen=True)
class Told:
    """Lines of text, and the address name of the page where they are entered."""

    lines: tuple[str, ...]
    page: str


def told(company: Company, opportunity: Opportunity) -> Told:
    """What belongs to this opportunity; one query."""
    read, page = _READERS[opportunity]
    return Told(tuple(read(company)), page)


def _percent(part: Exposure) -> str:
    if part.share == part.highest:
        return _("%(share)s %%") % {"share": part.share}
    return _("%(low)s to %(high)s %%") % {"low": part.share, "high": part.highest}


def _work(company: Company) -> list[str]:
    traits = work_traits(Activity.objects.filter(company=company))
    if traits is None:
        return []
    parts = (
        (_("Turnover that could move to a low-wage country"), traits.relocatable),
        (_("Turnover in single pieces and small series"), traits.short_series),
        (_("Turnover with peaks or a strong season"), traits.seasonal),
    )
    return [f"{label}: {_percent(part)}" for label, part in parts if part.unknown < 100]


def _since(text: str, year: int | None) -> str:
    if year is None:
        return text
    return _("%(what)s, since %(year)s") % {"what": text, "year": year}


def _equipment(company: Company) -> list[str]:
    rows = Equipment.objects.filter(company=company).order_by("year_bought", "pk")
    return [_since(f"{row.quantity} × {_name(row)}", row.year_bought) for row in rows]


def _name(row: Equipment) -> str:
    kind = str(row.get_kind_display())
    return f"{kind} ({row.description})" if row.description else kind


def _products(company: Company) -> list[str]:
    largest_first = F("turnover_share").desc(nulls_last=True)
    rows = OwnProduct.objects.filter(company=company).order_by(largest_first, "pk")
    return [
        _since(
            row.name
            if row.turnover_share is None
            else _("%(name)s (%(share)s %% of turnover)")
            % {"name": row.name, "share": row.turnover_share},
            row.since_year,
        )
        for row in rows
    ]


def _cooperations(company: Company) -> list[str]:
    rows = Cooperation.objects.filter(company=company).order_by("kind", "pk")
    return [_since(f"{row.get_kind_display()}: {row.partner_name}", row.since_year) for row in rows]


def _enclaves(company: Company) -> list[str]:
    rows = Enclave.objects.filter(company=company).order_by("-places", "pk")
    return [
        _since(
            ngettext("%(host)s: %(places)s place", "%(host)s: %(places)s places", row.places)
            % {"host": row.host_name, "places": row.places},
            row.since_year,
        )
        for row in rows
    ]


_READERS: dict[Opportunity, tuple[Callable[[Company], list[str]], str]] = {
    Opportunity.RESHORING: (_work, ACTIVITIES),
    Opportunity.FVDT: (_equipment, EQUIPMENT),
    Opportunity.EIGEN_PRODUCTEN: (_products, CURRENT_WORK),
    Opportunity.SAMENWERKING: (_cooperations, CURRENT_WORK),
    Opportunity.ENCLAVE: (_enclaves, CURRENT_WORK),
}
