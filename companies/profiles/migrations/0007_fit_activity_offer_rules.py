"""Rows from before the rules that the next migration adds: volumes become bands."""

from __future__ import annotations

from typing import Any

from django.db import migrations

UNITS = {
    "reshoring": "volume",
    "fvdt": "hours",
    "eigen_producten": "volume",
    "samenwerking": "hours",
    "enclave": "places",
}
FTE_BANDS = ("", "lt5", "5-19", "20-49", "50-99", "ge100")
NACE_VERSIONS = ("2003", "2008", "2025")
MOST = 1_000_000
# The least of each band, in thousand units a year; the highest first.
BANDS = ((1000, "ge1000"), (200, "200-999"), (50, "50-199"), (10, "10-49"), (1, "lt10"))


def fit(apps: Any, schema_editor: Any) -> None:
    """Volumes into their band; a value that no form offers becomes "not known"."""
    activities = apps.get_model("profiles", "Activity").objects
    for activity in activities.exclude(fte_band__in=FTE_BANDS, nace_version__in=NACE_VERSIONS):
        if activity.fte_band not in FTE_BANDS:
            activity.fte_band = ""
        if activity.nace_version not in NACE_VERSIONS:
            activity.nace_version, activity.nace_code = "2025", ""
        activity.save()
    customers = apps.get_model("profiles", "Customer").objects
    unreadable = customers.exclude(enterprise_number__regex=r"^([01]\d{9})?$")
    unreadable.update(enterprise_number="")
    for offer in apps.get_model("profiles", "OpportunityOffer").objects.all():
        before = (offer.amount, offer.unit)
        amount = min(offer.amount or 0, MOST) or None
        offer.amount, offer.unit = amount, UNITS[offer.opportunity] if amount else ""
        if amount and offer.unit == "volume":
            offer.volume_band = next(band for least, band in BANDS if least <= amount)
            offer.amount = None
        if (offer.amount, offer.unit) != before:
            offer.save()


def unfit(apps: Any, schema_editor: Any) -> None:
    """A band becomes the least that it promises."""
    least_of = {band: least for least, band in BANDS}
    for offer in apps.get_model("profiles", "OpportunityOffer").objects.exclude(volume_band=""):
        offer.amount, offer.volume_band = least_of[offer.volume_band], ""
        offer.save()


class Migration(migrations.Migration):

    dependencies = [
        ("profiles", "0006_activity_offer_fields"),
    ]

    operations = [
        migrations.RunPython(fit, unfit),
    ]
