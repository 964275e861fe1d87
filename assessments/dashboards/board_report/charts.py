"""The charts of the report: the pictures of the pages, drawn by the same templates."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from assessments.dashboards.board_report.content import Chart, LegendLine
from assessments.readiness.pages.peers import Peers
from assessments.readiness.pages.results import Result
from portal.common.templatetags import portal as components

FOLDER = "common/components"


def profile_chart(result: Result, peers: Peers) -> Chart:
    """The radar of the result page, with the moment before and the other companies."""
    title = _("Profile over the seven transitions")
    described = _(
        "One axis per transition, with 5 on the outside; thick lines show the range of open "
        "points. Each line has its own pattern."
    )
    series = (*result.series, *peers.series)
    context = components.radar_chart(title, described, result.axes, series, decimals=1)
    values = [
        f"{label}: "
        + ", ".join(_cell(cell, name) for cell, name in zip(cells, context["series"], strict=True))
        for label, cells in context["rows"]
    ]
    return Chart(
        title=title,
        alt=f"{described} {'; '.join(values)}.",
        svg=_picture("radar_picture", context),
        width=1.0,
        legend=tuple(
            LegendLine(shape.label, shape.colour, dash_lengths(shape.dash))
            for shape in context["chart"].shapes
        ),
    )


def module_chart(result: Result) -> Chart:
    """The bars of the modules beside the seven transitions."""
    title = _("Score per module")
    described = _("One bar per module; 5 is the highest score.")
    context = components.bar_chart(title, described, result.module_bars, 5)
    values = [f"{row.label}: {row.text}" for row in context["rows"]]
    return Chart(
        title=title,
        alt=f"{described} {'; '.join(values)}.",
        svg=_picture("bar_picture", context),
        width=0.9,
    )


def dash_lengths(pattern: str) -> tuple[float, ...]:
    """The lengths of an SVG dash pattern; none for a full line."""
    return () if pattern == "none" else tuple(float(length) for length in pattern.split())


def _cell(cell: dict[str, Any], name: str) -> str:
    if not cell["low"]:
        return f"{name} {cell['value']}"
    return _("%(name)s %(value)s (%(low)s to %(high)s)") % {"name": name, **cell}


def _picture(name: str, context: dict[str, Any]) -> str:
    return str(render_to_string(f"{FOLDER}/{name}.html", context))
