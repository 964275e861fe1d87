"""Stored matches in words and points: what pages say of scores, reasons and limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from assessments.matching.domain.candidates import Limit
from assessments.matching.domain.policy import CONTACT_NONE
from assessments.matching.models import Match
from companies.register.models import Classification, Establishment
from portal.common.choices import CELL_LABELS
from portal.common.components import Contribution, localised
from portal.common.vocabulary import Cell

POINTS = Decimal(10_000)  # millionths in one of the hundred points
MILLION = 1_000_000
NaceKey = tuple[str, str]
Labels = Mapping[NaceKey, "NaceLabel"]

COMPONENT_LABELS: dict[str, Any] = {
    "activity": gettext_lazy("Activities that fit"),
    "proximity": gettext_lazy("Nearness"),
    "capacity": gettext_lazy("Capacity"),
    "competence": gettext_lazy("Competences and certificates"),
    "diversification": gettext_lazy("Spread over customers and sectors"),
    "contact": gettext_lazy("Earlier contact"),
}

LIMIT_TEXTS: dict[Limit, Any] = {
    Limit.COMPANY_PLACE_UNKNOWN: gettext_lazy(
        "We do not know where the company is: none of its establishments has a known postcode."
    ),
    Limit.PARTNER_PLACE_UNKNOWN: gettext_lazy("The register does not say where this place is."),
    Limit.TOO_FAR: gettext_lazy("It is too far away."),
    Limit.NO_AFFINITY: gettext_lazy(
        "None of the company's activities fits what is done there for this opportunity."
    ),
    Limit.OPTED_OUT: gettext_lazy("This partner asked not to be proposed."),
    Limit.INACTIVE: gettext_lazy("The register says that it is no longer active."),
    Limit.OWN_ENTERPRISE: gettext_lazy("It belongs to the company itself or to its group."),
    Limit.RESTING: gettext_lazy(
        "The two decided against each other not long ago for this opportunity."
    ),
    Limit.NO_GUIDES: gettext_lazy(
        "The company has no guides, qualified or in training. An enclave always needs one."
    ),
    Limit.CERTIFICATE_LACKING: gettext_lazy(
        "The partner requires a certificate that the company does not have."
    ),
    Limit.NO_ASSESSMENT: gettext_lazy("There is no verdict on this opportunity yet."),
    Limit.BELOW_FLOOR: gettext_lazy(
        "The verdict on this opportunity is below what the policy asks."
    ),
}


@dataclass(frozen=True)
class NaceLabel:
    """The label of a code, and the language that it is written in."""

    text: str
    language: str

    @property
    def is_foreign(self) -> bool:
        """Not in the language of the page, so that it needs a ``lang``."""
        return self.language != (get_language() or "nl")[:2]


@dataclass(frozen=True)
class Meeting:
    """An activity and the code that it met, for the page."""

    activity: str
    share: str
    version: str
    code: str
    classification: str
    label: NaceLabel | None
    affinity: Decimal


def points(millionths: int) -> Decimal:
    """Points out of a hundred, exact: a millionth is 0.0001 point."""
    return Decimal(millionths) / POINTS


def distance_text(metres: int) -> str:
    """Kilometres: whole ones from 10 km, one decimal below; below 1 km says so."""
    if metres < 1000:
        return _("less than 1 km away")
    decimals = 0 if metres >= 10_000 else 1
    return _("%(km)s km away") % {"km": localised(Decimal(metres) / 1000, decimals)}


def activity_text(key: str) -> str:
    """A cell by its name, an own code as it is."""
    if ":" in key:
        version, code = key.split(":", 1)
        return _("own activity %(code)s (NACE %(version)s)") % {"code": code, "version": version}
    return str(CELL_LABELS[Cell(key)])


def best_evidence(match: Match) -> Mapping[str, Any] | None:
    """The meeting that brought the most."""
    return max(
        match.evidence,
        key=lambda one: (one["weight"] * one["affinity"] * one["class_weight"], one["activity"]),
        default=None,
    )


def component(match: Match, name: str) -> Mapping[str, Any]:
    """One stored component by name."""
    found: Mapping[str, Any] = next(one for one in match.components if one["name"] == name)
    return found


def reasons(match: Match) -> list[str]:
    """The match in a few plain phrases, the most telling first."""
    best = best_evidence(match)
    phrases = [activity_text(best["activity"])] if best else []
    phrases.append(distance_text(match.distance_m))
    phrases.append(_spread_text(component(match, "diversification")["value"]))
    phrases.extend(
        text
        for name in ("capacity", "competence", "contact")
        if (text := _detail(component(match, name)))
    )
    return phrases


def _spread_text(value: int) -> str:
    if value == MILLION:
        return _("new customer in a new sector")
    if value >= 700_000:
        return _("has some customers in this sector")
    return _("leans on this customer or its sector already")


def _detail(one: Mapping[str, Any]) -> str:
    """What a component says when something is known of it, else nothing."""
    value, name = one["value"], one["name"]
    if name == "contact":
        if value == MILLION:
            return _("asked for it, or worked together before")
        return _("introduced before") if value > CONTACT_NONE else ""
    if not one["known"]:
        return ""
    percent = localised(Decimal(value) / 10_000, 0)
    if name == "capacity":
        whole, part = _("offers all that is sought"), _("offers %(percent)s %% of what is sought")
    else:
        whole, part = _("has all that is asked"), _("has %(percent)s %% of what is asked")
    return whole if value == MILLION else part % {"percent": percent}


def _part_detail(match: Match, one: Mapping[str, Any]) -> str:
    """What stands beside a part of the score."""
    match one["name"]:
        case "activity":
            best = best_evidence(match)
            return activity_text(best["activity"]) if best else ""
        case "proximity":
            return distance_text(match.distance_m)
        case "diversification":
            return _spread_text(one["value"])
        case "contact":
            return _detail(one) or _("no contact yet")
    return _detail(one) or _("unknown, counts for half")


def contributions(match: Match) -> list[Contribution]:
    """Parts of the score for the breakdown, in points; they add up to it exactly."""
    return [
        Contribution(
            COMPONENT_LABELS[one["name"]], points(one["contribution"]), _part_detail(match, one)
        )
        for one in match.components
    ]


def calculation(match: Match) -> list[dict[str, Any]]:
    """Each part as weight x component, exact, for those who want to check the sum."""
    return [
        {
            "label": COMPONENT_LABELS[one["name"]],
            "value": localised(Decimal(one["value"]) / MILLION, 6),
            "weight": localised(Decimal(one["weight"]) / MILLION, 2),
            "contribution": localised(points(one["contribution"]), 4),
        }
        for one in match.components
    ]


def meetings(match: Match, labels: Labels) -> list[Meeting]:
    """The activities and codes that met, the weightiest first."""
    classes = dict(Classification.choices)
    ordered = sorted(
        match.evidence,
        key=lambda one: (-one["weight"] * one["affinity"] * one["class_weight"], one["activity"]),
    )
    return [
        Meeting(
            activity=activity_text(one["activity"]),
            share=localised(Decimal(100 * one["weight"]) / one["weights_sum"], 0),
            version=one["version"],
            code=one["code"],
            classification=str(classes[one["classification"]]),
            label=labels.get((one["version"], one["code"])),
            affinity=Decimal(one["affinity"]) / 10_000,
        )
        for one in ordered
    ]


def codes_of(matches: Iterable[Match]) -> set[NaceKey]:
    """Every (version, code) that these matches met on."""
    return {(one["version"], one["code"]) for match in matches for one in match.evidence}


def equal_text(match: Match) -> str:
    """How many candidates tie with this one; empty for none."""
    if not match.equal_others:
        return ""
    return ngettext(
        "equal with %(count)s other", "equal with %(count)s others", match.equal_others
    ) % {"count": localised(match.equal_others)}


def partner_name(establishment: Establishment) -> str:
    """The name to show: the trade name; never that of a natural person alone.

    The enterprise must be fetched. A sole trader without a trade name of its own is
    shown by the number of the place.
    """
    enterprise = establishment.enterprise
    if enterprise.is_natural_person and establishment.name_key in {"", enterprise.name_key}:
        return _("Sole trader, place %(number)s") % {"number": establishment.number}
    return establishment.name


def is_gone(establishment: Establishment) -> bool:
    """The partner is struck off, or left the part of the register that the portal follows.

    The enterprise must be fetched.
    """
    return not (establishment.is_active and establishment.enterprise.is_active)


NOT_IN_REGISTER = gettext_lazy(
    "The portal's part of the register has no establishment with this number. It may be closed, "
    "or do work that is not watched."
)
