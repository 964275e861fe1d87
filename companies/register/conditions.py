"""What a search was limited to, in words, each with the way to drop it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from companies.register import selectors
from companies.register.domain.numbers import format_number
from companies.register.forms import SearchForm
from companies.register.searching.activities import Meant
from companies.register.searching.question import Order
from portal.common.choices import NACE_VERSION_LABELS, OPPORTUNITY_LABELS, PROVINCE_LABELS
from portal.common.vocabulary import NaceVersion, Opportunity, Province


@dataclass(frozen=True)
class Condition:
    """One condition; ``url`` asks the same without it."""

    label: Any
    url: str


def conditions(form: SearchForm, asked: QueryDict) -> list[Condition]:
    """The conditions of a valid form, in the order of its fields."""
    return [Condition(label, _without(asked, *fields)) for label, *fields in _labels(form)]


def _labels(form: SearchForm) -> Iterator[tuple[Any, ...]]:
    """(words, fields that make the condition)."""
    values = form.cleaned_data
    if values["q"]:
        number = format_number(form.number) if form.number else ""
        yield (_("number %(number)s") % {"number": number} if number else values["q"]), "q"
    if values["activity"]:
        yield _("activity: %(typed)s") % {"typed": values["activity"]}, "activity"
    if values["opportunity"]:
        yield OPPORTUNITY_LABELS[Opportunity(values["opportunity"])], "opportunity"
    if values["province"]:
        yield PROVINCE_LABELS[Province(values["province"])], "province"
    if form.origin is not None:
        words = {"km": values["km"], "place": form.origin.label}
        near = ("near", "km", *(("sort",) if values["sort"] == Order.NEAREST else ()))
        if values["km"] is None:
            yield _("distance from %(place)s") % words, *near
        else:
            yield _("within %(km)s km of %(place)s") % words, *near


def _without(asked: QueryDict, *fields: str) -> str:
    kept = {name: asked[name] for name in asked if name not in {*fields, "page"} and asked[name]}
    return f"?{urlencode(kept)}"


def described(meant: Sequence[Meant]) -> list[tuple[str, Any, str]]:
    """(code, version in words, label) of the codes that count; one query when there are any."""
    labels = selectors.nace_labels((one.version, one.code) for one in meant)
    return [
        (
            one.code,
            NACE_VERSION_LABELS[NaceVersion(one.version)],
            labels.get((one.version, one.code), ""),
        )
        for one in meant
    ]
