"""Make the postal table from the Belgian file of ``countrystatecity-postal-codes``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from companies.register.content.postal import (
    TABLE,
    Place,
    Point,
    corrected_places,
    read_corrections,
    write_points,
)


def projected(places: Iterable[Place]) -> Iterator[Point]:
    """The places with their point in whole metres, EPSG:4326 to EPSG:3812.

    pyproj is a tool of the developer: the portal itself only reads the table.
    """
    try:
        from pyproj import Transformer  # noqa: PLC0415
    except ImportError as error:
        raise CommandError("This command needs pyproj (requirements-dev.txt).") from error
    transformer = Transformer.from_crs("EPSG:4326", "EPSG:3812", always_xy=True)
    for place in places:
        # The table keeps five decimals (about a metre): project what it shows.
        latitude, longitude = round(place.latitude, 5), round(place.longitude, 5)
        x, y = transformer.transform(longitude, latitude)
        yield Point(
            place.postcode, place.name, place.province, latitude, longitude, round(x), round(y)
        )


class Command(BaseCommand):
    """Write ``content/postal_points.csv``; needs pyproj, which only developers have."""

    help = "Make the postal table from the Belgian file of countrystatecity-postal-codes."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the source is and where the table goes."""
        parser.add_argument("--source", type=Path, required=True, help="postcodes.json")
        parser.add_argument("--out", type=Path, default=TABLE, help="the table to write")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read, correct, project, write."""
        source: Path = options["source"]
        try:
            records = json.loads(source.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"Cannot read {source}: {error}") from error
        places = corrected_places(records, read_corrections())
        count = write_points(projected(places), options["out"])
        self.stdout.write(f"{count} postcodes written to {options['out']}")
