"""Account pages in a real browser: nothing for axe, nothing for the CSP, no sideways scroll."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page

from portal.accounts import services
from portal.accounts.roles import Role
from tests.accounts.conftest import link_in
from tests.browser.harness import (
    Faults,
    axe_violations,
    describe,
    launched,
    log_in,
    open_context,
    sideways_scroll,
    totp_code,
    watch,
)
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BEFORE_LOG_IN = (
    "login/",
    "signup/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "password/reset/key/x-y/",
    "confirm-email/",
    "confirm-email/abc/",
    "inactive/",
    "3rdparty/login/cancelled/",
)
AFTER_LOG_IN = (
    "profile/",
    "email/",
    "password/change/",
    "logout/",
    "reauthenticate/",
    "2fa/",
    "3rdparty/",
    "3rdparty/login/error/",
)
VIEWS = [("nl", 1280), pytest.param(("en", 320), marks=pytest.mark.slow)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture(params=VIEWS, ids=["nl-1280", "en-320"])
def visit(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[Page, Faults]]:
    language, width = request.param
    context = open_context(browser, language=language, width=width)
    faults = watch(context)
    yield context.new_page(), faults
    context.close()


def faults_of(page: Page) -> list[str]:
    """What is wrong with the page as it stands."""
    found = axe_violations(page)
    wider = sideways_scroll(page)
    headings = page.locator("h1").count()
    if wider:
        found.append(f"{page.url}: {wider} pixels too wide")
    if headings != 1:
        found.append(f"{page.url}: {headings} main headings")
    return found


def walk(page: Page, base: str, paths: tuple[str, ...]) -> list[str]:
    found = []
    for path in paths:
        page.goto(f"{base}/account/{path}")
        found += faults_of(page)
    return found


def test_pages_before_log_in(live_server: Any, visit: tuple[Page, Faults]) -> None:
    page, faults = visit
    found = walk(page, live_server.url, BEFORE_LOG_IN)
    page.goto(f"{live_server.url}/account/login/")
    page.fill("input[name=login]", "niemand@bedrijf.test")
    page.fill("input[name=password]", "fout")
    page.click("main form button[type=submit]")
    found += faults_of(page)
    assert not found, "\n".join(found)
    assert not describe(faults)


def test_from_sign_up_to_second_factor(live_server: Any, visit: tuple[Page, Faults]) -> None:
    page, faults = visit
    base = live_server.url
    page.goto(f"{base}/account/signup/")
    page.fill("input[name=full_name]", "Mia Peeters")
    page.fill("input[name=email]", "mia@bedrijf.test")
    page.fill("input[name=password1]", PASSWORD)
    page.fill("input[name=password2]", PASSWORD)
    page.click("main form button[type=submit]")
    found = faults_of(page)
    page.goto(base + link_in(mail.outbox[0].body))
    found += faults_of(page)
    page.click("main form button[type=submit]")
    found += walk(page, base, AFTER_LOG_IN)

    page.goto(f"{base}/account/2fa/totp/activate/")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    found += faults_of(page)
    secret = page.inner_text("main code")
    page.fill("input[name=code]", totp_code(secret))
    page.click("main form button[type=submit]")
    found += faults_of(page)
    found += walk(
        page,
        base,
        ("2fa/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/", "2fa/reauthenticate/"),
    )
    assert not found, "\n".join(found)
    assert not describe(faults)


def test_staff_log_in_with_a_code(live_server: Any, visit: tuple[Page, Faults]) -> None:
    page, faults = visit
    services.create_staff_user(email="an@overheid.test", password=PASSWORD, roles=[Role.ADVISER])
    log_in(page, live_server.url, "an@overheid.test", PASSWORD)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    secret = page.inner_text("main code")
    page.fill("input[name=code]", totp_code(secret))
    page.click("main form button[type=submit]")
    recovery = page.locator("main li code").first.inner_text()
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/account/login/")
    page.fill("input[name=login]", "an@overheid.test")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    found = faults_of(page)
    page.fill("input[name=code]", recovery)
    page.click("main form button[type=submit]")
    assert page.url == f"{live_server.url}/"
    assert not found, "\n".join(found)
    assert not describe(faults)
