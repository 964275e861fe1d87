"""Respondents in a real browser: a view saves itself, an owner settles, nothing is in the way.

On the running portal with its demo data; an open scan of one demo company is added.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

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
# The second company of the owner, so that the first one stays as other tests know it.
OPEN_SCAN = """
from assessments.readiness.domain.parts import RespondentFunction
from assessments.readiness.services import start_scan
from companies.profiles.models import Membership
from portal.accounts.models import User
from tests.readiness.factories import answer_all, give_view
owner = User.objects.get(email="{owner}")
company = Membership.objects.filter(user=owner).order_by("-company")[0].company
scan = start_scan(company=company, user=owner)
answer_all(scan, owner, {{"eco": "3"}})
guide = User.objects.get(email="lezer@demo.example")
give_view(scan, guide, RespondentFunction.GUIDE, {{"energy": "1", "waste": "3"}})
print("scan", scan.pk)
"""


@pytest.fixture(scope="module")
def scan_id(site: Site) -> str:
    """An open scan on which a guide gave a view."""
    printed = site.manage("shell", "-c", OPEN_SCAN.format(owner=OWNER))
    return printed.split("scan ")[1].split()[0]


@pytest.fixture(params=[1280, 320])
def page(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The owner, on a wide and on a narrow screen."""
    context = open_context(browser, width=request.param)
    faults = watch(context)
    page = context.new_page()
    log_in(page, site.url, OWNER, DEMO_PASSWORD)
    yield page
    assert faults == Faults(), describe(faults)
    context.close()


def fine(page: Page) -> None:
    """Accessible, and no wider than the screen."""
    assert axe_violations(page) == []
    assert sideways_scroll(page) == 0


def test_from_taking_part_to_settling(page: Page, site: Site, scan_id: str) -> None:
    scan = f"{site.url}/readiness/scan/{scan_id}"
    page.goto(f"{scan}/my-view/")
    fine(page)
    page.locator("#function-director").check()
    page.locator("form:has(#function) button").click()

    page.goto(f"{scan}/my-view/eco/")
    fine(page)
    status = page.locator("[data-portal-autosave-status][data-state=saved]")
    for level in ("2", "5"):
        with page.expect_response(lambda answer: answer.request.method == "POST") as saved:
            page.locator(f"#waste-{level}").check()
        assert saved.value.json()["state"] == "saved"
    expect(status).not_to_be_empty()
    page.reload()
    expect(page.locator("#waste-5")).to_be_checked()

    page.goto(f"{scan}/discuss/")
    fine(page)
    page.locator("article details > summary").first.press("Enter")
    page.locator("article details[open] input[value='4']").check()
    fine(page)
    page.locator("article details[open] button").click()
    page.wait_for_url("**/discuss/**")
    fine(page)
    page.goto(f"{scan}/discuss/?show=all")
    fine(page)
