"""Fixtures of the browser tests: one site and one browser a session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.harness import chromium, launched
from tests.browser.site import Site, demo_site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Site]:
    """The portal with demo data; skipped where there is no browser to look at it."""
    chromium()
    with demo_site(tmp_path_factory.mktemp("site-state")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session."""
    with launched() as started:
        yield started
