"""What the header offers for the register."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.common.navigation import REGISTER, Entry, Item


def provide(request: HttpRequest) -> Iterable[Entry]:
    """Whoever is logged in may search."""
    if request.user.is_authenticated:
        yield Item(_("Business register"), reverse("register:search"), REGISTER)
