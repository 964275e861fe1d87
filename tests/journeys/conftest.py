"""Journeys use the site and the browser of the browser tests."""

from tests.browser.conftest import browser, site

__all__ = ["browser", "site"]
