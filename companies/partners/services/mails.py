"""Mails around a partner; ``origin`` (scheme and host) is where links lead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from companies.partners.models import Partner, PartnerContact
from portal.accounts.models import User
from portal.common.mail import tell

FOLDER = "partners/email"


def tell_people(
    *, people: Iterable[User], template: str, origin: str, path: str, **context: Any
) -> None:
    """One mail to each person, in the person's language; nobody without ``origin``."""
    if not origin:
        return
    for person in people:
        tell(
            to=person.email,
            language=person.language,
            template=f"{FOLDER}/{template}",
            context={"link": f"{origin}{path}", "person": person, **context},
        )


def tell_contacts(
    *, partner: Partner, template: str, origin: str, path: str, **context: Any
) -> None:
    """As ``tell_people``, to the contacts whose account is not blocked."""
    contacts = PartnerContact.objects.filter(partner=partner, user__is_active=True)
    people = [row.user for row in contacts.select_related("user").order_by("pk")]
    tell_people(
        people=people, template=template, origin=origin, path=path, partner=partner, **context
    )
