"""Open pages of a scan as a browser with scripts keeps them."""

from __future__ import annotations

from typing import Any

from django.test import Client

from companies.profiles.models import Membership
from portal.common.autosave import HEADER


class Tab:
    """One open page of one person: it sends what it shows and takes over what comes back."""

    def __init__(self, member: Membership, url: str) -> None:
        self.url = url
        member.user.language = "en"
        member.user.save()
        self.client = Client(headers={"accept-language": "en"})
        self.client.force_login(member.user)
        self.page = self.client.get(url)
        self.fields: dict[str, str] = {}
        self._take()

    def _take(self) -> None:
        """What the shown page would send."""
        form = self.page.context["form"]
        locked = {
            row.statement.slug for row in self.page.context["rows"] if getattr(row, "is_locked", 0)
        }
        self.fields = {
            name: str(form[name].value() or "")
            for name in form.fields
            if name.rsplit("-", 1)[0] not in locked
        }

    def types(self, **typed: str) -> Tab:
        self.fields |= {name.replace("_", "-"): value for name, value in typed.items()}
        return self

    def saves_itself(self) -> dict[str, Any]:
        """The answer to an autosave, after the page took it over."""
        told: dict[str, Any] = self.client.post(self.url, self.fields, headers={HEADER: "1"}).json()
        self.fields |= told.get("values", {})
        return told

    def saves(self, go: str = "stay") -> Any:
        """The answer to the Save button; a page that comes back is the page from now on."""
        answer = self.client.post(self.url, self.fields | {"go": go})
        if answer.status_code != 302:
            self.page = answer
            self._take()
        return answer
