"""Somebody asks for a report, waits and takes it along: wide and narrow, checked by axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from assessments.dashboards.content.demo_people import DEMO_PASSWORD
from tests.browser.harness import (
    axe_violations,
    describe,
    log_in,
    open_context,
    sideways_scroll,
    watch,
)
from tests.browser.site import Site

pytestmark = pytest.mark.browser

# What the worker does; this site has none, so that the page is seen waiting first.
MAKE_ALL = (
    "from django.utils import timezone;"
    "from assessments.dashboards.board_report import services;"
    "from assessments.dashboards.models import BoardReport;"
    "[services.make_report(report_id=row.pk, now=timezone.now())"
    " for row in BoardReport.objects.filter(status='queued')]"
)


@pytest.mark.parametrize("width", [1280, 320])
def test_asked_awaited_and_taken_along(browser: Browser, site: Site, width: int) -> None:
    context = open_context(browser, language="nl", width=width)
    try:
        faults = watch(context)
        page = context.new_page()
        log_in(page, site.url, "eigenaar@demo.example", DEMO_PASSWORD)
        page.goto(f"{site.url}/company/1/reports/")
        page.click("main button[value=nl]")
        page.wait_for_url("**/reports/*/")
        assert "Wacht" in page.inner_text("#report-state")
        assert axe_violations(page) == []
        site.manage("shell", "-c", MAKE_ALL)
        page.reload()
        assert axe_violations(page) == []
        assert sideways_scroll(page) == 0
        with page.expect_download() as taken:
            page.click("#report-state a[download]")
        assert taken.value.path().read_bytes().startswith(b"%PDF-1.7")
        assert describe(faults) == ""
    finally:
        context.close()
