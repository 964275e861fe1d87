"""Mails to people around a company; ``origin`` (scheme and host) is where links lead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from companies.profiles.models import Company, Membership
from portal.accounts.models import User
from portal.common.mail import tell

FOLDER = "profiles/email"


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


def tell_owners(*, company: Company, template: str, origin: str, path: str, **context: Any) -> None:
    """As ``tell_people``, to the owners whose account is not blocked."""
    owners = Membership.objects.filter(company=company).active_owners().select_related("user")
    tell_people(
        people=[row.user for row in owners.order_by("pk")] if origin else [],
        template=template,
        origin=origin,
        path=path,
        company=company,
        **context,
    )


def company_path(company: Company) -> str:
    """The page of the company."""
    return reverse("profiles:company", args=[company.pk])


def members_path(company: Company) -> str:
    """The page with members, invitations and requests."""
    return reverse("profiles:members", args=[company.pk])
