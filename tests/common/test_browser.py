"""The skeleton and the components in a real browser.

Requests are answered by Django's test client in this thread, headers and all, so that
no server has to run and the database is that of the test.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.contrib.staticfiles import finders
from django.db import connections
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

from portal.common import navigation
from portal.common.navigation import Item, Menu
from tests.browser.harness import (
    axe_violations,
    describe,
    launched,
    open_context,
    sideways_scroll,
    watch,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
SITE = "http://testserver"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser
        # Under Playwright's event loop Django had a connection of its own.
        connections.close_all()


@pytest.fixture
def client(monkeypatch, django_user_model) -> Client:
    """Logged in, with a navigation of every kind of entry."""
    monkeypatch.setattr(navigation, "_providers", [])
    navigation.register(
        lambda request: [
            Item("Home", "/", navigation.HOME),
            Menu(
                "Maatwerkbedrijf De Lange Naam vzw",
                (
                    Item("Bouwstenen", reverse("common:gallery")),
                    Item("English", reverse("common:set_language"), post={"language": "en"}),
                ),
            ),
            Item("Privacy", reverse("common:privacy"), navigation.GOVERNMENT),
        ]
    )
    client = Client()
    client.force_login(
        django_user_model.objects.create_user("els@example.org", full_name="Els Peeters")
    )
    return client


def static_file(path: str) -> dict[str, Any]:
    found = finders.find(path)
    assert found, f"no static file {path}"
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return {"body": Path(found).read_bytes(), "headers": {"content-type": kind}}


def answer(response: Any) -> dict[str, Any]:
    """What the portal said, as the browser gets it."""
    dropped = {"set-cookie", "vary", "content-length"}
    headers = {k.lower(): v for k, v in response.headers.items() if k.lower() not in dropped}
    return {"status": response.status_code, "body": response.content, "headers": headers}


def open_page(
    context: BrowserContext, client: Client, path: str, *, language: str = "nl"
) -> tuple[Page, list[Request]]:
    """Open one page; also the list of what the page sent to the portal by itself.

    The page is made before the browser asks for it: Playwright calls handlers in
    another context, where Django would open a database connection of its own.
    """
    made = {SITE + path: answer(client.get(path, headers={"accept-language": language}))}
    sent: list[Request] = []

    def handle(route: Route) -> None:
        url = route.request.url.split("#")[0]
        if url.startswith(f"{SITE}/static/"):
            route.fulfill(**static_file(url.removeprefix(f"{SITE}/static/")))
            return
        if route.request.method != "GET" or url not in made:
            sent.append(route.request)
        route.fulfill(**made[SITE + path])

    page = context.new_page()
    page.route("**/*", handle)
    page.goto(SITE + path)
    return page, sent


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("nl", 320)])
def test_components_are_accessible_and_keep_to_the_policy(browser, client, language, width):
    context = open_context(browser, language=language, width=width)
    faults = watch(context)
    page, sent = open_page(context, client, reverse("common:gallery"), language=language)
    assert page.locator("html").get_attribute("lang") == language
    page.click(".site-nav summary")
    assert sideways_scroll(page) == 0
    assert axe_violations(page) == []
    page.click(".site-tools summary")
    assert sideways_scroll(page) == 0
    assert axe_violations(page) == []
    assert not faults.csp + faults.errors, describe(faults)
    assert not sent  # no report of the policy either
    context.close()


@pytest.mark.parametrize("name", ["common:accessibility", "common:privacy"])
def test_statements_are_accessible(browser, client, name):
    context = open_context(browser, width=320)
    page, _ = open_page(context, client, reverse(name))
    assert sideways_scroll(page) == 0
    assert axe_violations(page) == []
    context.close()


def test_an_error_page_is_accessible(browser, client):
    context = open_context(browser, width=320)
    page, _ = open_page(context, client, "/no/such/page/")
    assert sideways_scroll(page) == 0
    assert axe_violations(page) == []
    context.close()


def test_a_menu_closes_with_escape_and_when_one_goes_elsewhere(browser, client):
    context = open_context(browser)
    page, _ = open_page(context, client, reverse("common:privacy"))
    menu = page.locator(".site-nav details")
    menu.locator("summary").click()
    page.keyboard.press("Escape")
    assert not menu.evaluate("menu => menu.open")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    menu.locator("summary").click()
    page.locator(".site-tools summary").click()
    assert not menu.evaluate("menu => menu.open")
    context.close()


def test_the_keyboard_first_meets_the_way_past_the_navigation(browser, client):
    context = open_context(browser)
    page, _ = open_page(context, client, reverse("common:privacy"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    context.close()


def test_menus_and_language_work_without_scripts(browser, client):
    context = open_context(browser, javascript=False)
    page, sent = open_page(context, client, reverse("common:privacy"))
    page.click(".site-nav summary")
    assert page.locator(".site-nav .menu-items a").is_visible()
    page.click(".language-switch [value=en]")
    (request,) = sent
    assert request.url == SITE + reverse("common:set_language")
    fields = parse_qs(request.post_data or "")
    assert fields["language"] == ["en"]
    assert fields["next"] == [reverse("common:privacy")]
    assert fields["csrfmiddlewaretoken"]
    context.close()


def test_htmx_writes_no_styles_and_runs_no_text(browser, client):
    context = open_context(browser)
    page, _ = open_page(context, client, reverse("common:privacy"))
    assert page.evaluate("htmx.config.includeIndicatorStyles") is False
    assert page.evaluate("htmx.config.allowEval") is False
    assert page.locator("style").count() == 0
    assert page.evaluate("JSON.parse(document.body.getAttribute('hx-headers'))")["X-CSRFToken"]
    context.close()


def test_a_form_that_is_sent_twice_by_a_double_click_is_sent_once(browser, client):
    context = open_context(browser)
    page, _ = open_page(context, client, reverse("common:privacy"))
    sent = page.evaluate(
        """() => {
            const form = document.createElement("form");
            form.setAttribute("data-portal-once", "");
            document.body.append(form);
            let sent = 0;
            document.addEventListener("submit", (event) => {
                if (!event.defaultPrevented) { sent += 1; }
                event.preventDefault();
            });
            form.requestSubmit();
            form.requestSubmit();
            return sent;
        }"""
    )
    assert sent == 1
    context.close()


def test_on_paper_the_navigation_is_gone(browser, client):
    context = open_context(browser)
    page, _ = open_page(context, client, reverse("common:gallery"))
    page.emulate_media(media="print")
    assert not page.locator(".site-header").is_visible()
    assert page.locator(".chart-radar svg[role=img]").is_visible()
    context.close()
