"""Answering in a real browser: it saves itself, on two devices, by two people, by keyboard.

On the running portal with its demo data; one demo company gets an open scan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from assessments.dashboards.content.demo_people import DEMO_PASSWORD
from tests.browser.harness import (
    Faults,
    axe_violations,
    describe,
    log_in,
    open_context,
    sideways_scroll,
    watch,
)
from tests.browser.site import Site

pytestmark = pytest.mark.browser

OWNER = "eigenaar@demo.example"
EDITOR = "medewerker@demo.example"


class Device:
    """One browser of one person, in the open scan of their company or in a given one."""

    def __init__(
        self,
        browser: Browser,
        site: Site,
        email: str,
        *,
        scan: str = "",
        width: int = 1280,
        language: str = "en",
    ) -> None:
        self.context: BrowserContext = open_context(
            browser, language=language, width=width, height=700
        )
        self.faults: Faults = watch(self.context)
        self.page: Page = self.context.new_page()
        log_in(self.page, site.url, email, DEMO_PASSWORD)
        self.scan = scan or self._start(site)

    def _start(self, site: Site) -> str:
        """The address of the open scan; the first time it is started."""
        self.page.goto(site.url)
        found = re.search(r"/companies/(\d+)/", self.page.content())
        assert found
        self.page.goto(f"{site.url}/readiness/company/{found.group(1)}/")
        self.page.locator("main form[method=post] button[type=submit]").first.click()
        scan = re.search(r"/scan/(\d+)/", self.page.url)
        assert scan
        return f"{site.url}/readiness/scan/{scan.group(1)}/"

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.scan}{path}/")
        return self.page

    def status(self, state: str) -> Locator:
        return self.page.locator(f"[data-portal-autosave-status][data-state={state}]")

    def close(self) -> None:
        assert not self.faults.csp, describe(self.faults)
        assert not self.faults.errors, describe(self.faults)
        self.context.close()


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Device]:
    """The editor's phone."""
    device = Device(browser, site, EDITOR, width=320)
    yield device
    device.close()


@pytest.fixture
def computer(browser: Browser, site: Site, phone: Device) -> Iterator[Device]:
    """The computer of an owner (of two companies), in the scan of the phone."""
    device = Device(browser, site, OWNER, scan=phone.scan)
    yield device
    device.close()


def test_it_saves_itself_and_goes_on_at_another_device(
    browser: Browser, site: Site, phone: Device
) -> None:
    page = phone.open("transition/network")
    first = page.locator("fieldset").first
    first.locator("input[type=radio]").nth(2).check()
    expect(phone.status("saved")).to_contain_text("Saved at")
    count = page.locator("[data-portal-shown=answered]")
    expect(count).to_contain_text("1 of 54 answered")
    first.locator("summary").last.click()
    first.locator("textarea").fill("Op de bus getypt")
    first.locator("textarea").press("Tab")
    expect(phone.status("saved")).to_contain_text("Saved at")
    # The keyboard walks through a group with the arrow keys.
    second = page.locator("fieldset").nth(1).locator("input[type=radio]")
    second.first.focus()
    page.keyboard.press("ArrowDown")
    expect(second.nth(1)).to_be_checked()
    expect(count).to_contain_text("2 of 54 answered")

    desk = Device(browser, site, EDITOR)
    there = desk.open("transition/network").locator("fieldset").first
    expect(there.locator("input[type=radio]").nth(2)).to_be_checked()
    expect(there.locator("textarea")).to_have_value("Op de bus getypt")
    expect(there.locator("textarea")).to_be_visible()
    desk.close()


def test_two_people_are_told_at_the_statement_and_keep_their_own(
    phone: Device, computer: Device
) -> None:
    mine, theirs = computer.open("transition/smart"), phone.open("transition/smart")
    theirs.locator("fieldset").first.locator("input[type=radio]").nth(3).check()
    expect(phone.status("saved")).to_contain_text("Saved at")
    statement = mine.locator("fieldset").first
    statement.locator("input[type=radio]").nth(1).check()
    mine.locator("fieldset").nth(1).locator("input[type=radio]").first.check()
    expect(computer.status("partly")).to_contain_text("but not 1 answer")
    message = statement.locator("[data-portal-message]")
    expect(message).to_contain_text("Somebody else changed this meanwhile to: level 4")
    expect(statement.locator("input[type=radio]").nth(1)).to_be_checked()
    assert not axe_violations(mine)

    mine.locator("button[name=go][value=stay]").click()
    expect(mine.locator(".error-summary")).to_be_focused()
    expect(statement).to_contain_text("Save again to replace theirs")
    expect(statement.locator("input[type=radio]").nth(1)).to_be_checked()
    assert not axe_violations(mine)
    mine.locator("button[name=go][value=stay]").click()
    expect(mine.locator(".error-summary")).to_have_count(0)
    theirs.reload()
    for number, chosen in ((0, 1), (1, 0)):
        group = theirs.locator("fieldset").nth(number).locator("input[type=radio]")
        expect(group.nth(chosen)).to_be_checked()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [320, 1280])
def test_accessible_and_what_has_the_focus_is_in_sight(
    browser: Browser, site: Site, width: int, language: str
) -> None:
    device = Device(browser, site, EDITOR, width=width, language=language)
    for path in ("transition/eco", "support-needs"):
        page = device.open(path)
        page.locator("details.fold").evaluate_all(
            "all => all.forEach((one) => { one.open = true; })"
        )
        assert not axe_violations(page)
        assert sideways_scroll(page) == 0
        # Backwards through the page, the bar at the top must not lie over the focus (2.4.11).
        page.locator("button[name=go]").last.focus()
        for _ in range(15):
            page.keyboard.press("Shift+Tab")
            hidden = page.evaluate(
                """() => {
                    const bar = document.querySelector(".scan-bar").getBoundingClientRect();
                    const own = document.activeElement.getBoundingClientRect();
                    return own.top < bar.bottom && own.bottom > bar.top
                        && !document.activeElement.closest(".scan-bar") && bar.top >= 0;
                }"""
            )
            assert not hidden, page.evaluate("() => document.activeElement.outerHTML")
    device.close()
