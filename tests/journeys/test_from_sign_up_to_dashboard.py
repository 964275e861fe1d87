"""The thin real line: an account, a company, its work and people, verdicts, matches, dashboard.

Once with JavaScript in Dutch, once without it in English; both on the same running portal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assessments.dashboards.content.demo_people import DEMO_PASSWORD
from portal.common.vocabulary import Opportunity
from tests.browser.harness import describe, log_in, open_context, watch
from tests.browser.site import Site

pytestmark = pytest.mark.browser

PASSWORD = "een-eigen-lang-wachtwoord"
FREE_NUMBERS = (
    "from companies.register.models import Enterprise;"
    "from companies.profiles.models import Company;"
    "taken = Company.objects.values('enterprise_number');"
    "print(*Enterprise.objects.filter(is_active=True, is_natural_person=False, country='',"
    " postcode__regex='^[29]').exclude(number__in=taken).order_by('number')"
    ".values_list('number', flat=True)[:2])"
)


@dataclass(frozen=True)
class Traveller:
    """Who goes on the journey, and with what browser."""

    email: str
    language: str
    javascript: bool
    position: int


TRAVELLERS = (
    Traveller("zoe@voorbeeld.test", "nl", javascript=True, position=0),
    Traveller("sam@voorbeeld.test", "en", javascript=False, position=1),
)


def submit(page: Page) -> None:
    """The main button of the form in the middle of the page."""
    page.locator("main form[method=post] button[type=submit]").last.click()


def newest_link(site: Site, marker: str) -> str:
    """The link in the newest mail that contains ``marker``."""
    folder = Path(site.environment["PORTAL_STATE_DIR"]) / "mail"
    mails = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    for mail in mails:
        found = re.search(rf"https?://\S*{marker}\S*", mail.read_text())
        if found:
            return found.group()
    raise AssertionError(f"no mail with a link to {marker}")


def sign_up_person(page: Page, site: Site, who: Traveller) -> None:
    page.goto(f"{site.url}/account/signup/")
    page.fill("input[name=full_name]", "Reiziger")
    page.fill("input[name=email]", who.email)
    page.fill("input[name=password1]", PASSWORD)
    page.fill("input[name=password2]", PASSWORD)
    submit(page)
    page.goto(newest_link(site, "confirm-email"))
    submit(page)
    if "/account/login/" in page.url or page.locator("input[name=login]").count():
        log_in(page, site.url, who.email, PASSWORD)


def sign_up_company(page: Page, site: Site, number: str) -> int:
    """Type a wrong number first; then the right one, confirm what the register knows."""
    page.goto(f"{site.url}/companies/sign-up/")
    wrong = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    page.fill("input[name=number]", wrong)
    submit(page)
    expect(page.locator("input[name=number]")).to_have_value(re.compile(wrong[-3:]))
    expect(page.locator("input[name=number][aria-invalid=true]")).to_have_count(1)
    page.fill("input[name=number]", number)
    submit(page)
    page.check("input[name=terms]")
    submit(page)
    found = re.search(r"/companies/(\d+)/", page.url)
    assert found, page.inner_text("main")
    return int(found.group(1))


def tell_activities(page: Page, site: Site, company: int) -> None:
    """Packing 70 % and metal 40 % are more than all: told at its place, nothing lost."""
    page.goto(f"{site.url}/companies/{company}/activities/")
    for position, share in ((7, "70"), (3, "40")):
        page.check(f"input[name=activity-{position}-is_done]")
        open_details(page, position)
        page.fill(f"input[name=activity-{position}-turnover_share]", share)
    submit(page)
    expect(page.locator("main [role=alert]").last).to_contain_text("110 %")
    expect(page.locator("input[name=activity-7-turnover_share]")).to_have_value("70")
    open_details(page, 3)
    page.fill("input[name=activity-3-turnover_share]", "30")
    submit(page)
    page.goto(f"{site.url}/companies/{company}/activities/")
    expect(page.locator("input[name=activity-3-turnover_share]")).to_have_value("30")


def open_details(page: Page, position: int) -> None:
    """Details of one activity, opened with the summary, as a person would."""
    details = page.locator(
        "details", has=page.locator(f"[name=activity-{position}-turnover_share]")
    )
    if details.get_attribute("open") is None:
        details.locator("summary").click()


def tell_workforce(page: Page, site: Site, company: int) -> None:
    """FTE above heads is refused at its place; then it is right."""
    page.goto(f"{site.url}/companies/{company}/workforce/")
    heads = page.locator("input[name*=arbeidshandicap][name*=midden][name*=heads]")
    fte = page.locator("input[name*=arbeidshandicap][name*=midden][name*=fte]")
    heads.fill("20")
    fte.fill("25")
    submit(page)
    expect(fte).to_have_value(re.compile("^25"))
    fte.fill("16")
    page.fill("input[name=guides_qualified_fte]", "3")
    submit(page)
    page.goto(f"{site.url}/companies/{company}/workforce/")
    expect(heads).to_have_value("20")


def answer_scan(page: Page, site: Site, company: int) -> None:
    """Ten pages, the first choice of every statement and support need, then the result."""
    page.goto(f"{site.url}/readiness/company/{company}/")
    page.locator("main form[method=post] button[type=submit]").first.click()
    for _ in range(10):
        for group in page.locator("main form fieldset").all():
            group.locator("input[type=radio]").first.check()
        page.locator("main form button[name=go][value=next]").click()
    expect(page.locator("main svg[role=img]").first).to_be_visible()


@pytest.mark.parametrize("who", TRAVELLERS, ids=lambda who: who.language)
def test_from_sign_up_to_dashboard(browser: Browser, site: Site, who: Traveller) -> None:
    number = site.manage("shell", "--verbosity", "0", "-c", FREE_NUMBERS).split()[who.position]
    context = open_context(browser, language=who.language, javascript=who.javascript)
    faults = watch(context)
    page = context.new_page()
    sign_up_person(page, site, who)
    company = sign_up_company(page, site, number)
    tell_activities(page, site, company)
    tell_workforce(page, site, company)
    answer_scan(page, site, company)

    verify_as_coordinator(browser, site, company)
    site.manage("assess")
    site.manage("match", "--now")

    page.goto(f"{site.url}/opportunities/{company}/")
    expect(page.locator("main .verdict").first).to_be_visible()
    for opportunity in Opportunity:
        detail = page.locator(f"main a[href='/opportunities/{company}/{opportunity}/']")
        expect(detail.first).to_be_visible()
    page.goto(f"{site.url}/matching/company/{company}/")
    expect(page.locator("main a[href*='/matching/']").first).to_be_visible()
    page.goto(f"{site.url}/")
    expect(page.locator("html")).to_have_attribute("lang", who.language)
    assert not faults.csp, describe(faults)
    assert not faults.errors, describe(faults)
    context.close()


def verify_as_coordinator(browser: Browser, site: Site, company: int) -> None:
    context = open_context(browser)
    page = context.new_page()
    log_in(page, site.url, "coordinator@demo.example", DEMO_PASSWORD)
    page.goto(f"{site.url}/companies/{company}/")
    page.locator(f"form[action$='/companies/{company}/verify/'] button").click()
    page.goto(f"{site.url}/government/companies/?status=verified")
    expect(page.locator(f"a[href='/companies/{company}/']")).to_have_count(1)
    context.close()
