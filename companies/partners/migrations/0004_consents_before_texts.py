"""Partners that agreed to be shown before texts were kept by version agree to the oldest one."""

from __future__ import annotations

from typing import Any

from django.db import migrations

BEFORE_TEXTS = "2026-01"


def record(apps: Any, schema_editor: Any) -> None:
    """One row for each consent that the columns of the partner hold."""
    consents = apps.get_model("partners", "PartnerConsent").objects
    agreed = apps.get_model("partners", "Partner").objects.filter(consented_at__isnull=False)
    consents.bulk_create(
        [
            consents.model(
                partner_id=pk, purpose="show", version=BEFORE_TEXTS, given_at=at, given_by_id=by
            )
            for pk, at, by in agreed.order_by("pk").values_list(
                "pk", "consented_at", "consented_by_id"
            )
        ]
    )


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_sign_up_and_needs")]

    operations = [migrations.RunPython(record, migrations.RunPython.noop, elidable=True)]
