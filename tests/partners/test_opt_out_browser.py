"""Opting out in a real browser: without log-in, in both languages, by keyboard, on any screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.harness import (
    Faults,
    axe_violations,
    describe,
    open_context,
    sideways_scroll,
    watch,
)
from tests.browser.site import Site

pytestmark = pytest.mark.browser
LINKS = """
from companies.partners.opt_out.links import path_for
from companies.register.models import Establishment
places = Establishment.objects.filter(partner=None, is_active=True).order_by("pk")[:2]
print("links", *(path_for(place.number) for place in places))
"""
WORDS = {"nl": "Geen voorstellen meer", "en": "No proposals any more"}


@pytest.fixture(scope="module")
def paths(site: Site) -> dict[str, str]:
    """A link for each language, of places that never signed up."""
    printed = site.manage("shell", "-c", LINKS).split("links ")[1].split()
    return dict(zip(("nl", "en"), printed, strict=False))


def fine(page: Page) -> None:
    """Accessible, and no wider than the screen."""
    assert axe_violations(page) == []
    assert sideways_scroll(page) == 0


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """What the browser asks for."""
    return str(request.param)


@pytest.fixture
def page(browser: Browser, language: str) -> Iterator[Page]:
    """A narrow screen in Dutch, a wide one in English."""
    context = open_context(browser, language=language, width=320 if language == "nl" else 1280)
    faults = watch(context)
    yield context.new_page()
    assert faults == Faults(), describe(faults)
    context.close()


def test_opt_out_and_back(page: Page, site: Site, paths: dict[str, str], language: str) -> None:
    page.goto(f"{site.url}{paths[language]}")
    fine(page)
    expect(page.locator("h1")).to_have_text(WORDS[language])
    page.locator("#id_reason").fill("Geen tijd")
    # By keyboard: from the reason to the button.
    page.locator("#id_reason").press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#undo-heading")).to_be_visible()
    assert page.url == f"{site.url}{paths[language]}"
    fine(page)
    page.locator("section[aria-labelledby=undo-heading] button").click()
    expect(page.locator("#choose-heading")).to_be_visible()
    expect(page.locator("#undo-heading")).to_have_count(0)


def test_a_broken_link_and_the_code(page: Page, site: Site, paths: dict[str, str]) -> None:
    page.goto(f"{site.url}{paths['en'][:-2]}/")
    fine(page)
    page.locator("#id_number").fill("123")
    page.locator("main form button[type=submit]").click()
    fine(page)
    expect(page.locator("#id_number")).to_have_value("123")


def test_without_javascript(browser: Browser, site: Site, paths: dict[str, str]) -> None:
    context = open_context(browser, javascript=False)
    page = context.new_page()
    page.goto(f"{site.url}{paths['nl']}")
    page.locator("section[aria-labelledby=choose-heading] button").click()
    page.locator("section[aria-labelledby=undo-heading] button").click()
    expect(page.locator("#choose-heading")).to_be_visible()
    context.close()
