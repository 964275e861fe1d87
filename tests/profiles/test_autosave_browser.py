"""A part of the profile saves itself: with and without a connection, right or wrong, left or kept.

On the running portal with its demo data; the values of one offer of one demo company change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assessments.dashboards.content.demo_people import DEMO_PASSWORD
from tests.browser.harness import axe_violations, log_in, open_context
from tests.browser.site import Site

pytestmark = pytest.mark.browser

OWNER = "eigenaar@demo.example"


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """The owner on the page with offers, in English."""
    context = open_context(browser, language="en")
    page = context.new_page()
    log_in(page, site.url, OWNER, DEMO_PASSWORD)
    page.goto(site.url)
    found = re.search(r"/companies/(\d+)/", page.content())
    assert found
    page.goto(f"{site.url}/companies/{found.group(1)}/offers/")
    yield page
    context.close()


def radius(page: Page) -> Locator:
    return page.locator("[name=radius_fvdt]")


def status(page: Page, state: str) -> Locator:
    return page.locator(f"[data-portal-autosave-status][data-state={state}]")


def type_radius(page: Page, value: str) -> None:
    """Type and go to the next field, as a person does."""
    radius(page).fill(value)
    radius(page).press("Tab")


def test_without_a_connection_it_tries_again(page: Page) -> None:
    page.context.set_offline(True)
    type_radius(page, "41")
    expect(status(page, "offline")).to_contain_text("No connection")
    page.context.set_offline(False)
    expect(status(page, "saved")).to_contain_text("Saved", timeout=15_000)
    page.reload()
    expect(radius(page)).to_have_value("41")


def test_a_wrong_value_is_told_at_its_field_and_waits_for_the_next_visit(page: Page) -> None:
    type_radius(page, "9999")
    expect(status(page, "invalid")).not_to_be_empty()
    expect(radius(page)).to_have_attribute("aria-invalid", "true")
    described = str(radius(page).get_attribute("aria-describedby")).split()
    texts = [page.locator(f"[id='{one}']").inner_text() for one in described]
    assert any("500" in text for text in texts), texts
    assert not axe_violations(page)

    page.reload()
    expect(radius(page)).to_have_value("9999")
    page.locator("button[name=discard_draft]").click()
    expect(radius(page)).not_to_have_value("9999")
    expect(page.locator("button[name=discard_draft]")).to_have_count(0)


def test_leaving_the_page_at_once_saves(page: Page) -> None:
    address = page.url
    radius(page).fill("43")
    page.locator("main nav a, main a").first.click()
    expect(page).not_to_have_url(address)
    # The request of the page that was left may still be on its way.
    page.wait_for_timeout(1_000)
    page.goto(address)
    expect(radius(page)).to_have_value("43")


def test_the_back_button_shows_what_is_stored(page: Page) -> None:
    address = page.url
    type_radius(page, "44")
    expect(status(page, "saved")).to_contain_text("Saved")
    page.locator("main nav a, main a").first.click()
    expect(page).not_to_have_url(address)
    page.go_back()
    expect(radius(page)).to_have_value("44")
    type_radius(page, "45")
    expect(status(page, "saved")).to_contain_text("Saved")
