"""Amounts from before the rule that the next migration adds: 1 to 1,000,000, or not known."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Q

MOST = 1_000_000


def fit(apps: Any, schema_editor: Any) -> None:
    """What no form offered becomes "not known", or the most that one offers."""
    needs = apps.get_model("partners", "PartnerNeed").objects.order_by()
    needs.filter(amount=0).update(amount=None, unit="")
    needs.filter(amount__gt=MOST).update(amount=MOST)
    needs.filter(Q(amount__isnull=True) & ~Q(unit="")).update(unit="")


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial")]

    operations = [migrations.RunPython(fit, migrations.RunPython.noop, elidable=True)]
