"""What every page template may use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Values of the page skeleton."""
    return {"product_name": "Maatwerkportaal"}
