"""Asks the site for its first page."""

from __future__ import annotations

import http.client

from django.urls import reverse

GOOD = 400


def answers(address: str, port: int) -> bool:
    """Whether the log-in page is served at this address now."""
    client = http.client.HTTPConnection(address, port, timeout=5)
    try:
        client.request("GET", reverse("account_login"), headers={"Host": f"localhost:{port}"})
        return client.getresponse().status < GOOD
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()
