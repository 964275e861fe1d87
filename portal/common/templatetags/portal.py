"""The components: ``{% load portal %}``. Every one can be seen on the gallery page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from portal.common.charts.bars import bars
from portal.common.charts.geometry import share
from portal.common.charts.radar import radar
from portal.common.charts.stack import stack
from portal.common.choices import VERDICT_LABELS
from portal.common.components import (
    VERDICT_LEVELS,
    Number,
    Overriding,
    contributions_from,
    key_of,
    kind_of,
    localised,
    pairs_from,
    parts_adding_up,
    rows_from,
    series_from,
)
from portal.common.vocabulary import Verdict

register = template.Library()
FOLDER = "common/components"


@register.simple_tag(takes_context=True)
def block_again(context: Context, name: str) -> str:
    """Show a block of this page a second time: the title is also the heading."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return "" if block is None else block.render(context)


@register.simple_tag
def url_or_nothing(name: str, *args: Any, **query: Any) -> str:
    """The address of a page that may not exist (yet), with its query; empty without it.

    ``{% url_or_nothing "cases:start" company=company.pk as case_url %}{% if case_url %}…``:
    a page links to a room above by name only, and shows the link once that room is there.
    """
    try:
        return reverse(name, args=args, query=query or None)
    except NoReverseMatch:
        return ""


@register.simple_tag
def number(value: Number | None, decimals: int | None = None) -> str:
    """A number as the language writes it; a dash when it is unknown."""
    return localised(value, decimals)


@register.inclusion_tag(f"{FOLDER}/verdict_badge.html")
def verdict_badge(
    verdict: str, override: Overriding | None = None, *, with_reason: bool = False
) -> dict[str, Any]:
    """The verdict as a word with its bars; ValueError for an unknown verdict.

    ``override`` is an adviser's verdict in force: it stands first, with the computed one
    beside it, and ``with_reason`` adds why.
    """
    return {
        "computed": _verdict(verdict),
        "judged": _verdict(override.verdict) if override else None,
        "override": override,
        "with_reason": with_reason,
    }


def _verdict(verdict: str) -> dict[str, Any]:
    known = Verdict(verdict)
    return {
        "verdict": known.value,
        "label": VERDICT_LABELS[known],
        "level": VERDICT_LEVELS[known.value],
    }


@register.inclusion_tag(f"{FOLDER}/status_badge.html")
def status_badge(kind: str, text: Any) -> dict[str, Any]:
    """A status: ``kind`` is a tone (``Kind``) or a run or version status."""
    return {"kind": kind_of(kind).value, "text": text}


@register.inclusion_tag(f"{FOLDER}/icon.html")
def icon(name: str) -> dict[str, Any]:
    """A small picture beside a word; never without the word."""
    return {"name": name}


@register.inclusion_tag(f"{FOLDER}/empty_state.html")
def empty_state(title: Any, text: Any, url: str = "", label: Any = "") -> dict[str, Any]:
    """Nothing here yet: why, and what to do next."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag(f"{FOLDER}/meter.html")
def meter(
    value: Number | None, maximum: Number, label: Any, decimals: int | None = None
) -> dict[str, Any]:
    """How full something is, in words and as a bar; None is unknown."""
    return {
        "label": label,
        "known": value is not None,
        "value": localised(value, decimals),
        "maximum": localised(maximum, decimals),
        "length": f"{100 * share(float(value or 0), float(maximum)):.1f}",
        "key": key_of("meter", label, value, maximum),
    }


@register.inclusion_tag(f"{FOLDER}/radar_chart.html")
def radar_chart(
    title: Any,
    description: Any,
    axes: Sequence[Any],
    series: Iterable[Any],
    *,
    maximum: Number = 5,
    decimals: int | None = None,
) -> dict[str, Any]:
    """One axis per theme; ``series`` holds ``Series`` or ``(label, values)``."""
    shown = series_from(series)
    labels = [str(axis) for axis in axes]
    return {
        "title": title,
        "description": description,
        "chart": radar(labels, shown, maximum=float(maximum)),
        "series": [one.label for one in shown],
        "rows": [
            (label, [_cell(one, index, decimals) for one in shown])
            for index, label in enumerate(labels)
        ],
        "key": key_of("radar", title, labels, shown),
    }


def _cell(series: Any, axis: int, decimals: int | None) -> dict[str, Any]:
    low = series.low[axis] if series.low else None
    high = series.high[axis] if series.high else None
    ranged = low is not None and high is not None and low != high
    return {
        "value": localised(series.values[axis], decimals),
        "low": localised(low, decimals) if ranged else "",
        "high": localised(high, decimals) if ranged else "",
    }


@register.inclusion_tag(f"{FOLDER}/bar_chart.html")
def bar_chart(
    title: Any,
    description: Any,
    rows: Iterable[Any],
    maximum: Number | None = None,
    decimals: int | None = None,
) -> dict[str, Any]:
    """Bars; ``rows`` holds ``Row``, ``(label, value)`` or ``(label, value, text)``."""
    shown = rows_from(rows, decimals)
    return {
        "title": title,
        "description": description,
        "chart": bars(shown, maximum=None if maximum is None else float(maximum)),
        "rows": shown,
        "key": key_of("bars", title, shown),
    }


@register.inclusion_tag(f"{FOLDER}/score_breakdown.html")
def score_breakdown(
    title: Any,
    rows: Iterable[Any],
    total: Number,
    maximum: Number = 100,
    decimals: int = 1,
) -> dict[str, Any]:
    """Contributions that add up to a score, as bar and table.

    ``rows`` holds ``Contribution`` or ``(label, value[, detail])``.
    """
    parts = contributions_from(rows)
    shown = parts_adding_up([part.value for part in parts], total, decimals)
    chart = stack([float(part.value) for part in parts], maximum=float(maximum))
    return {
        "title": title,
        "chart": chart,
        "rows": [
            {
                "mark": index + 1,
                "colour": segment.colour,
                "label": part.label,
                "detail": part.detail,
                "value": localised(value, decimals),
            }
            for index, (part, value, segment) in enumerate(
                zip(parts, shown, chart.segments, strict=True)
            )
        ],
        "total": localised(total, decimals),
        "maximum": localised(maximum),
        "key": key_of("score", title, total, [part.value for part in parts]),
    }


@register.inclusion_tag(f"{FOLDER}/definition_list.html")
def definition_list(items: Mapping[Any, Any] | Sequence[tuple[Any, Any]]) -> dict[str, Any]:
    """Terms with their values."""
    return {"items": pairs_from(items)}


@register.inclusion_tag(f"{FOLDER}/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the other pages of a list; filters in the address stay."""
    paginator = page.paginator
    return {
        "request": context["request"],
        "page": page,
        "numbers": paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "ellipsis": paginator.ELLIPSIS,
    }


@register.inclusion_tag(f"{FOLDER}/steps.html")
def steps(labels: Iterable[Any], current: int) -> dict[str, Any]:
    """Where we are in a form of several pages; ``current`` counts from 1.

    ``labels`` holds words, or ``(words, address)`` for a step that can be opened, or
    ``(words, address, whether it is done)`` for steps that are taken in any order.
    """
    shown = []
    for position, one in enumerate(labels, start=1):
        label, url, *known = one if isinstance(one, tuple) else (one, "")
        is_done = known[0] if known else position < current
        state = "current" if position == current else "done" if is_done else "open"
        shown.append({"position": position, "label": label, "url": url, "state": state})
    return {"steps": shown, "current": current, "count": len(shown)}


@register.inclusion_tag(f"{FOLDER}/field_help.html")
def field_help(text: Any, label: Any = "") -> dict[str, Any]:
    """A longer explanation that opens on request."""
    return {"text": text, "label": label}


@register.inclusion_tag(f"{FOLDER}/back_link.html")
def back_link(url: str, label: Any) -> dict[str, Any]:
    """The way back to the page above this one."""
    return {"url": url, "label": label}


@register.simple_block_tag
def alert(content: str, kind: str = "info", title: Any = "") -> SafeString:
    """A message in the page: ``{% alert "warning" %}…{% endalert %}``."""
    return render_to_string(
        f"{FOLDER}/alert.html",
        {"kind": kind_of(kind).value, "title": title, "content": content},
    )


@register.simple_block_tag
def table(content: str, caption: Any, hide_caption: bool = False) -> SafeString:
    """A table that scrolls by itself on a narrow screen: ``{% table "Caption" %}<thead>…``."""
    return render_to_string(
        f"{FOLDER}/table.html",
        {
            "caption": caption,
            "content": content,
            "hide_caption": hide_caption,
            "key": key_of("table", caption),
        },
    )
