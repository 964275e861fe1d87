"""A manager works out eight figures, keeps them and compares: with a keyboard, wide and narrow."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from assessments.dashboards.content.demo_people import DEMO_PASSWORD
from tests.browser.harness import Faults, axe_violations, describe, log_in, open_context, watch
from tests.browser.harness import sideways_scroll as sideways
from tests.browser.site import Site

pytestmark = pytest.mark.browser

EIGHT = {
    "volume": "12.000",
    "foreign_price": "4,10",
    "exchange_rate": "0,92",
    "sea_freight": "€ 0,34",
    "duty_percent": "2,7 %",
    "local_minutes": "6",
    "local_wage": "24,50",
    "material_cost": "1,20",
}


@pytest.fixture(params=[1280, 320])
def visit(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Visit]:
    """The owner on the list of calculators, in Dutch."""
    context = open_context(browser, language="nl", width=request.param)
    faults = watch(context)
    page = context.new_page()
    log_in(page, site.url, "eigenaar@demo.example", DEMO_PASSWORD)
    page.goto(site.url)
    found = re.search(r"/companies/(\d+)/", page.content())
    assert found
    page.goto(f"{site.url}/opportunities/{found.group(1)}/calculators/")
    yield Visit(page, faults, f"Proef {request.param}")
    context.close()


class Visit:
    """One page at one width, and what the browser complained about."""

    def __init__(self, page: Page, faults: Faults, name: str) -> None:
        self.page, self.faults, self.name = page, faults, name

    def look(self) -> None:
        """The page as it stands is accessible, fits, and breaks no policy."""
        assert axe_violations(self.page) == []
        assert sideways(self.page) == 0
        assert describe(self.faults) == ""


def test_eight_figures_give_an_answer_that_is_kept_and_compared(visit: Visit) -> None:
    page = visit.page
    visit.look()
    card = page.locator("section", has=page.locator("#card-reshoring"))
    card.get_by_role("link", name="Nieuwe berekening").click()
    for name, value in EIGHT.items():
        page.fill(f"[name={name}]", value)
    page.locator("button[name=work_out]").first.click()
    expect(page.locator("#result-heading")).to_be_focused()
    expect(page.get_by_text("Begrepen als 12000, een geheel getal.")).to_be_visible()
    visit.look()

    # An empty line leads to its field, which was folded away.
    field = page.locator("[name=packaging_cost]")
    expect(field).not_to_be_visible()
    page.locator("summary", has_text="regel blijft leeg").or_(
        page.locator("summary", has_text="regels blijven leeg")
    ).first.click()
    page.get_by_role("link", name="Verpakking per stuk").first.click()
    expect(field).to_be_visible()

    page.fill("[name=volume]", "veel")
    page.locator("button[name=save]").click()
    # The outcome had the focus before: wait for the page that tells what is wrong.
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.input_value("[name=volume]") == "veel"
    visit.look()

    page.fill("[name=volume]", "12000")
    for name in (visit.name, f"{visit.name} B"):
        page.fill("[name=scenario_name]", name)
        button = "save" if name == visit.name else "save_as_new"
        page.locator(f"button[name={button}]").click()
        expect(page.get_by_text(f"“{name}” is bewaard.")).to_be_visible()
    page.get_by_role("button", name="Laat dit scenario meetellen").click()
    expect(page.get_by_text("telt nu mee voor de opportuniteit.")).to_be_visible()
    visit.look()
    page.get_by_role("link", name="Vergelijk met andere scenario's").click()
    page.get_by_label(visit.name, exact=True).check()
    page.get_by_role("button", name="Vergelijk", exact=True).click()
    expect(page.get_by_text("Alle regels komen gelijk uit.")).to_be_visible()
    visit.look()

    page.get_by_role("link", name="Alle rekenbladen").click()
    expect(page.get_by_text("Hier maken is").first).to_be_visible()
    for name in (visit.name, f"{visit.name} B"):
        page.get_by_role("link", name=name, exact=True).last.click()
        page.get_by_role("link", name="Verwijderen").click()
        expect(page.get_by_role("heading", name=f"“{name}” verwijderen?")).to_be_visible()
        visit.look()
        page.get_by_role("button", name="Definitief verwijderen").click()
        expect(page.get_by_text(f"“{name}” is verwijderd.")).to_be_visible()
