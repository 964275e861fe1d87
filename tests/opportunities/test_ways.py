"""What would lift a verdict, as the page says it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from assessments.opportunities.pages import ChangeView, WayView

GUIDES = ChangeView("guides above the norm", "/profile/1/workforce/", "at least 1 FTE (now 0 FTE)")
HOSTS = ChangeView("number of customers", "/profile/1/customers/", "at least 3 (now 1)")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def page_with(*ways: WayView, is_verified: bool = True) -> str:
    page = SimpleNamespace(range="", target="High", ways=ways, is_verified=is_verified)
    return " ".join(render_to_string("opportunities/_ways.html", {"page": page}).split())


def test_each_fact_links_to_where_it_is_entered() -> None:
    html = page_with(
        WayView("investment needed", (("Investment needed", ((GUIDES,), (HOSTS,))),), (), 0)
    )
    assert '<a href="/profile/1/workforce/">Guides above the norm</a>: at least 1 FTE' in html
    assert "One of these is enough:" in html
    assert "judged the company again with each change" in html
    assert "Any one of these is enough" not in html


def test_facts_that_are_needed_together_are_said_together() -> None:
    way = WayView(
        "demand and fit",
        (("Demand", ((GUIDES,),)), ("Fit", ((HOSTS,),))),
        ((GUIDES, HOSTS),),
        1,
    )
    html = page_with(way, way)
    assert "All that stands in it is needed together." in html
    assert "There is 1 more, which asks as much or more of you." in html
    assert "Any one of these is enough; the smallest come first." in html
    assert html.count("Guides above the norm") == 2


def test_what_no_fact_does_is_said_without_a_promise() -> None:
    html = page_with(WayView("fit", (("Fit", ()),), (), 0), is_verified=False)
    assert "it follows from your mix of activities" in html
    assert "judged the company again" not in html
