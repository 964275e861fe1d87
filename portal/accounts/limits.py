"""How often a person may do what costs somebody else a mail; counted where log-ins are."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest


def within_limit(request: HttpRequest, action: str, *, key: str | None = None) -> bool:
    """Count one ``action`` of ``settings.RATE_LIMITS``; False when there were too many.

    Counts are kept in the shared cache, so several processes count together. ``key`` is
    what a limit "per key" counts by, such as an e-mail address.
    """
    usage = ratelimit.consume(
        request, app="portal", action=action, config=settings.RATE_LIMITS, key=key
    )
    return usage is not None
