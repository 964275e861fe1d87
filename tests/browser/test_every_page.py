"""Every page that links lead to, in a real browser: accessible, narrow, clean, in two languages.

The default run visits each kind of page once for each persona, in Dutch at 1280 px and again at
320 px. The slow matrix adds English. Pages of the administration are walked by
``tests/accounts/test_admin_browser.py``.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext

from assessments.dashboards.content.demo_people import DEMO_PASSWORD
from tests.access.test_every_url import TABLE
from tests.browser.crawl import ANONYMOUS, FILES, Visit, Walk
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

PEOPLE = (
    ANONYMOUS,
    "eigenaar@demo.example",
    "lezer@demo.example",
    "partner@demo.example",
    "nieuwe-partner@demo.example",
    "adviseur@demo.example",
    "analist@demo.example",
    "coordinator@demo.example",
    "beheerder@demo.example",
)
# The first demo company (1 in a fresh database) has all that people do around a scan; the home
# page leads to another company first.
SCANS = ("/readiness/company/1/", "/")
STARTS = {
    ANONYMOUS: ("/", "/account/signup/", "/account/password/reset/"),
    "eigenaar@demo.example": SCANS,
    "adviseur@demo.example": SCANS,
    "nieuwe-partner@demo.example": ("/", "/partners/sign-up/"),
}
# Reached by a link in a mail, in the middle of a form, with a second factor, or only after
# something went wrong or was asked; the journeys and the tests of the rooms look at those.
NOT_LINKED = {
    "profiles:sign_up_confirm",
    "profiles:join",
    "partners:join",
    "partners:opt_out_code",
    "partners:sign_up_confirm",
    "profiles:invitation",
    "profiles:invitation_own",
    "profiles:workbook_preview",
    "dashboards:report",
    *FILES,
    "mfa_index",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_reauthenticate",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "openid_connect_callback",
    "openid_connect_login",
    "socialaccount_connections",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
    "account_logout",
    "runtime:healthz",
    "runtime:readyz",
}
VISITED: set[str] = set()


def faults_of(context_faults: Faults, visit: Visit, page: object) -> list[str]:
    """What is wrong with the page that is open."""
    from playwright.sync_api import Page

    assert isinstance(page, Page)
    found = [f"{visit.url}: status {visit.status}"] if visit.status != 200 else []
    found += axe_violations(page)
    if scroll := sideways_scroll(page):
        width = page.viewport_size["width"] if page.viewport_size else 0
        found.append(f"{visit.url}: {scroll} px wider than {width} px")
    if context_faults.csp or context_faults.errors:
        found.append(f"{visit.url}: {describe(context_faults)}")
        context_faults.clear()
    headings = page.locator("h1").count()
    if headings != 1:
        found.append(f"{visit.url}: {headings} first headings")
    return found


def walk(
    browser: Browser, site: Site, email: str, *, language: str, width: int
) -> tuple[list[str], set[str]]:
    """Visit everything as one persona; the faults, and the names of what was seen."""
    context: BrowserContext = open_context(browser, language=language, width=width)
    found: list[str] = []
    try:
        faults = watch(context)
        page = context.new_page()
        if email:
            log_in(page, site.url, email, DEMO_PASSWORD)
        walk_of = Walk(
            page,
            site.url,
            accept=lambda name: not name.startswith("admin:"),
            starts=STARTS.get(email, ("/",)),
        )
        for visit in walk_of.visits():
            found += faults_of(faults, visit, page)
        return found, walk_of.seen
    finally:
        context.close()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("email", PEOPLE)
def test_pages_in_dutch(browser: Browser, site: Site, email: str, width: int) -> None:
    found, seen = walk(browser, site, email, language="nl", width=width)
    VISITED.update(seen)
    assert not found, "\n".join(found)


def test_every_page_was_reached_by_somebody(site: Site) -> None:
    pages = {name for name, access in TABLE.items() if access.method == "get"}
    if not VISITED:
        pytest.skip("runs after the visits, in the same process")
    assert not sorted(pages - VISITED - NOT_LINKED)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("email", PEOPLE)
def test_pages_in_english(browser: Browser, site: Site, email: str, width: int) -> None:
    found, _seen = walk(browser, site, email, language="en", width=width)
    assert not found, "\n".join(found)


def test_no_csp_report_was_collected(browser: Browser, site: Site) -> None:
    """After every visit above, the portal's own collection of reports is empty."""
    reports = site.manage(
        "shell",
        "--verbosity",
        "0",
        "-c",
        "from portal.common.models import CspReport;"
        "print(list(CspReport.objects.values_list('page', 'directive')))",
    )
    assert reports.strip() == "[]"
