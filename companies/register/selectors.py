"""Reads over the register: look-ups by number, search by name, postal points."""

from __future__ import annotations

from django.db.models import Prefetch

from companies.register.models import (
    Enterprise,
    EnterpriseActivity,
    Establishment,
    EstablishmentActivity,
    PostalPoint,
    RegisterImport,
)
from portal.common.run_rows import RunStatus


def find_enterprise(number: str) -> Enterprise | None:
    """The enterprise with this ten-digit number, or None; three further queries at most.

    Comes with ``activities`` and with its active ``establishments`` (each with its
    own ``activities``) already fetched. A struck-off enterprise is found too: look
    at ``is_active``.
    """
    establishments = (
        Establishment.objects.filter(is_active=True)
        .order_by("name_key", "pk")
        .prefetch_related(Prefetch("activities", EstablishmentActivity.objects.order_by("pk")))
    )
    return (
        Enterprise.objects.filter(number=number)
        .prefetch_related(
            Prefetch("activities", EnterpriseActivity.objects.order_by("pk")),
            Prefetch("establishments", establishments),
        )
        .first()
    )


def find_postal_point(postcode: str) -> PostalPoint | None:
    """The point, place name and province of a Belgian postcode, or None."""
    return PostalPoint.objects.filter(postcode=postcode.strip()).first()


def current_extract_number() -> int | None:
    """The number of the extract that the register is at; None before the first import."""
    return (
        RegisterImport.objects.filter(status=RunStatus.FINISHED)
        .order_by("-finished_at", "-pk")
        .values_list("extract_number", flat=True)
        .first()
    )
