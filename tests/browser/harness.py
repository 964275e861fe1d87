"""Driving a real Chromium: find it, start it, look for accessibility and CSP faults.

Used by every browser test. Nothing here knows a page of the portal except the log-in form.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

VENDOR = Path(__file__).parent / "vendor"
NAMES = ("chromium", "chromium-browser", "google-chrome")
# As root and in containers Chromium needs the first two; the others keep it off the network.
LAUNCH_ARGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-first-run",
)
WCAG_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
_WATCH_CSP = """
document.addEventListener("securitypolicyviolation", (event) => {
  window.portalCspViolation({
    page: document.location.href,
    directive: event.effectiveDirective,
    blocked: event.blockedURI,
    source: event.sourceFile,
    line: event.lineNumber,
    sample: event.sample,
  });
});
"""


def find_chromium() -> str | None:
    """Path of a Chromium: ``PORTAL_CHROMIUM``, or the first known name on the path."""
    given = os.environ.get("PORTAL_CHROMIUM")
    if given:
        return shutil.which(given)
    return next((path for path in map(shutil.which, NAMES) if path), None)


def chromium() -> str:
    """Path of a Chromium; without one the test is skipped, with the reason."""
    path = find_chromium()
    if path is None:
        pytest.skip(f"no browser found: set PORTAL_CHROMIUM or install one of {', '.join(NAMES)}")
    return path


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless Chromium that ends with the block.

    Playwright keeps an event loop in this thread, which Django takes for asynchronous
    code; tests of one thread may use the database all the same.
    """
    path = chromium()
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=list(LAUNCH_ARGS))
            try:
                yield browser
            finally:
                browser.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@dataclass
class Faults:
    """What the browser complained about while its pages were visited."""

    csp: list[dict[str, Any]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def clear(self) -> None:
        """Forget what was seen so far."""
        self.csp.clear()
        self.errors.clear()


def watch(context: BrowserContext) -> Faults:
    """Collect CSP violations and uncaught script errors of every page of ``context``."""
    faults = Faults()
    context.expose_binding(
        "portalCspViolation", lambda _source, violation: faults.csp.append(violation)
    )
    context.add_init_script(_WATCH_CSP)
    context.on("weberror", lambda error: faults.errors.append(str(error.error)))
    return faults


def open_context(
    browser: Browser,
    *,
    language: str = "nl",
    width: int = 1280,
    height: int = 900,
    javascript: bool = True,
) -> BrowserContext:
    """A fresh profile; ``language`` is what the browser asks for, sizes are CSS pixels."""
    return browser.new_context(
        locale={"nl": "nl-BE", "en": "en-GB"}.get(language, language),
        viewport={"width": width, "height": height},
        java_script_enabled=javascript,
        reduced_motion="reduce",
    )


@cache
def _axe_source() -> str:
    return (VENDOR / "axe.min.js").read_text(encoding="utf-8")


def axe_violations(page: Page, *, tags: tuple[str, ...] = WCAG_TAGS) -> list[str]:
    """Accessibility faults of the page as it stands, one line each; empty when there are none."""
    # Evaluated by the debugger, so the page's own CSP stays as it is.
    if not page.evaluate("() => typeof window.axe === 'object'"):
        page.evaluate(_axe_source())
    found = page.evaluate(
        """(tags) => window.axe.run(document, {
            runOnly: {type: "tag", values: tags},
            rules: {"target-size": {enabled: true}},
            resultTypes: ["violations"],
            preload: false,  // it would try styles of its own, against the page's CSP
        }).then((results) => results.violations)""",
        list(tags),
    )
    return [
        f"{page.url} [{page.viewport_size['width'] if page.viewport_size else '?'}px] "
        f"{violation['id']}: {' '.join(map(str, node['target']))}\n"
        f"    {node['html'][:200]}\n    {' '.join((node['failureSummary'] or '').split())[:300]}"
        for violation in found
        for node in violation["nodes"]
    ]


def sideways_scroll(page: Page) -> int:
    """Pixels that the page is wider than the window; 0 when it fits."""
    return int(
        page.evaluate(
            "() => Math.max(0, document.documentElement.scrollWidth"
            " - document.documentElement.clientWidth)"
        )
    )


def totp_code(secret: str) -> str:
    """The code that an authenticator app shows now for ``secret`` (base32); RFC 6238."""
    key = base64.b32decode(secret, casefold=True)
    digest = hmac.digest(key, int(time.time() // 30).to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def log_in(
    page: Page, base_url: str, email: str, password: str, *, totp_secret: str | None = None
) -> None:
    """Log in through the log-in page; AssertionError when the portal keeps the visitor there."""
    page.goto(f"{base_url}/account/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("main form button[type=submit]")
    if totp_secret is not None:
        page.fill("input[name=code]", totp_code(totp_secret))
        page.click("main form button[type=submit]")
    assert "/account/login/" not in page.url, page.inner_text("main")


def describe(faults: Faults) -> str:
    """The collected faults as text, for a failing assertion."""
    return "\n".join([*(json.dumps(violation) for violation in faults.csp), *faults.errors])


__all__ = [
    "LAUNCH_ARGS",
    "WCAG_TAGS",
    "Faults",
    "axe_violations",
    "chromium",
    "describe",
    "find_chromium",
    "launched",
    "log_in",
    "open_context",
    "sideways_scroll",
    "totp_code",
    "watch",
]
