"""What stands in the table is made to keep the rules that the next migration adds."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Q


def fit(apps: Any, schema_editor: Any) -> None:
    """Points of numbered places came from the register; what is no number or place goes."""
    places = apps.get_model("profiles", "CompanyEstablishment").objects.order_by()
    places.exclude(number="").exclude(number__regex=r"^[2-8]\d{9}$").update(number="")
    places.filter(
        Q(x_m__lt=500_000) | Q(x_m__gt=810_000) | Q(y_m__lt=510_000) | Q(y_m__gt=760_000)
    ).update(x_m=None, y_m=None)
    places.exclude(number="").filter(x_m__isnull=False).update(point_source="register")


class Migration(migrations.Migration):
    dependencies = [("profiles", "0010_point_source")]

    operations = [migrations.RunPython(fit, migrations.RunPython.noop, elidable=True)]
