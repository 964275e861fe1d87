"""Judge now every company whose facts or rule set moved; the worker does the same by itself."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.opportunities import services


class Command(BaseCommand):
    """For an operator who does not want to wait, and for tests without a worker."""

    help = "Assess the opportunities of every company whose assessments are behind."

    def handle(self, *args: Any, **options: Any) -> None:
        """Assess, and say how many companies there were."""
        count = services.assess_behind(now=timezone.now())
        self.stdout.write(f"{count} companies assessed.")
