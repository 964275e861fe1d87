"""The demo accounts and their password, for ``manage.py up`` to print."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from assessments.dashboards.content.demo_partners import NEWCOMER
from assessments.dashboards.content.demo_people import (
    DEMO_PASSWORD,
    MEMBERS,
    PARTNER_CONTACT,
    STAFF,
)
from portal.accounts.models import User


class Command(BaseCommand):
    """Prints only accounts that exist and are marked as demo."""

    help = "Print the demo log-ins of this installation."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a role; nothing when there are no demo accounts."""
        listed = [
            *((person.email, person.role.value) for person in STAFF),
            *((member.email, f"company {member.role.value}") for member in MEMBERS),
            (PARTNER_CONTACT[0], "contact of a partner"),
            (NEWCOMER[0], "signs a partner up"),
        ]
        there = set(User.objects.filter(is_demo=True).values_list("email", flat=True))
        shown = [(email, role) for email, role in listed if email in there]
        for email, role in shown:
            self.stdout.write(f"  {email:<28} {role}")
        if shown:
            self.stdout.write(f"  password for each: {DEMO_PASSWORD}")
