"""What every page template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.common import navigation

PRODUCT_NAME = "Maatwerkportaal"


def page(request: HttpRequest) -> dict[str, Any]:
    """Values of the page skeleton; navigation is asked for only when a page shows it."""
    return {
        "product_name": PRODUCT_NAME,
        "navigation": SimpleLazyObject(lambda: navigation.entries_for(request)),
        "is_local": not settings.PRODUCTION,
        "language_names": [("nl", "Nederlands"), ("en", "English")],
    }
