"""Refuses what Django would stumble over."""

from __future__ import annotations

import codecs
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase


class Utf8Middleware:
    """A form in another encoding than UTF-8 is a bad request (400).

    Browsers send what the page is in. Under a claim such as ``charset=utf-16`` Django
    cannot read the form, and its error page reads it again and fails too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on, or raise BadRequest; Django drops the claim of an unknown encoding."""
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            raise BadRequest("Forms are read as UTF-8")
        return self.get_response(request)
