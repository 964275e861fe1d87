"""What the header offers of this room."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from companies.register.access import may_see_imports
from portal.common.navigation import REGISTER, Entry, Item


def provide(request: HttpRequest) -> Iterable[Entry]:
    """The search for whoever is logged in; what imports changed, for staff."""
    if request.user.is_authenticated:
        yield Item(_("Business register"), reverse("register:search"), REGISTER)
    if may_see_imports(request.user):
        yield Item(_("Register changes"), reverse("register:imports"), REGISTER)
