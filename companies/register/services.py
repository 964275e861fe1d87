"""Writes to the register's own tables: reference data."""

from __future__ import annotations

from django.db import transaction

from companies.register.content import postal, watch_list
from companies.register.models import PostalPoint, WatchedNace


@transaction.atomic
def load_reference() -> None:
    """Load the postal points, and the watch list where there is none yet; repeatable.

    The postal table is the portal's own and follows its file. The watch list belongs to
    the administrator once it is there: a code taken off it does not come back.
    """
    points = [
        PostalPoint(
            postcode=point.postcode,
            name=point.name,
            province=point.province.value,
            latitude=point.latitude,
            longitude=point.longitude,
            x_m=point.x_m,
            y_m=point.y_m,
        )
        for point in postal.read_points()
    ]
    columns = ("name", "province", "latitude", "longitude", "x_m", "y_m")
    PostalPoint.objects.bulk_create(
        points, update_conflicts=True, unique_fields=["postcode"], update_fields=columns
    )
    if not WatchedNace.objects.exists():
        WatchedNace.objects.bulk_create(
            WatchedNace(version=version.value, prefix=prefix, opportunity=opportunity.value)
            for version, prefix, opportunity in watch_list.watched()
        )
