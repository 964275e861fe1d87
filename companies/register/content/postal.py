"""The postal table: how it is made from its source, and how it is read.

The table keeps facts of 1,149 Belgian postcodes: place, province and one point, as
degrees and as whole metres in Belgian Lambert 2008 (EPSG:3812). It is made by
``manage.py make_postal_table`` from the Belgian file of the package
``countrystatecity-postal-codes`` (ODbL; see ``ODbL-NOTICE.md``) and from
``postal_corrections.csv``, which says why each row is there.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.common.vocabulary import Province

FOLDER = Path(__file__).resolve().parent
TABLE = FOLDER / "postal_points.csv"
CORRECTIONS = FOLDER / "postal_corrections.csv"
COLUMNS = ("postcode", "name", "province", "latitude", "longitude", "x_m", "y_m")

# State codes of the source. No rule by range of postcodes: municipalities change province.
PROVINCE_OF_STATE: dict[str, Province] = {
    "VAN": Province.ANTWERPEN,
    "VLI": Province.LIMBURG,
    "VOV": Province.OOST_VLAANDEREN,
    "VBR": Province.VLAAMS_BRABANT,
    "VWV": Province.WEST_VLAANDEREN,
    "BRU": Province.BRUSSEL,
    "WBR": Province.WAALS_BRABANT,
    "WHT": Province.HENEGOUWEN,
    "WLG": Province.LUIK,
    "WLX": Province.LUXEMBURG,
    "WNA": Province.NAMEN,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A postcode with its place and point, before projection (degrees, WGS 84)."""

    postcode: str
    name: str
    province: Province
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Point:
    """A row of the table; ``x_m`` and ``y_m`` are whole metres in EPSG:3812."""

    postcode: str
    name: str
    province: Province
    latitude: float
    longitude: float
    x_m: int
    y_m: int


def read_points(path: Path = TABLE) -> Iterator[Point]:
    """The rows of the table, in order of postcode."""
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield Point(
                postcode=row["postcode"],
                name=row["name"],
                province=Province(row["province"]),
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                x_m=int(row["x_m"]),
                y_m=int(row["y_m"]),
            )


def read_corrections(path: Path = CORRECTIONS) -> list[dict[str, str]]:
    """The rows that correct or complete the source; an empty column keeps the source's."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def corrected_places(
    source: Iterable[Mapping[str, Any]], corrections: Iterable[Mapping[str, str]]
) -> list[Place]:
    """The source's records with the corrections laid over them, in order of postcode.

    A record of the source has ``code``, ``stateCode``, ``localityName``, ``latitude``
    and ``longitude``. Raises KeyError for a state code that is not Belgian.
    """
    places = {
        str(record["code"]): Place(
            postcode=str(record["code"]),
            name=str(record["localityName"]),
            province=PROVINCE_OF_STATE[record["stateCode"]],
            latitude=float(record["latitude"]),
            longitude=float(record["longitude"]),
        )
        for record in source
    }
    for row in corrections:
        known = places.get(row["postcode"])
        places[row["postcode"]] = Place(
            postcode=row["postcode"],
            name=row["name"] or _source(known, "name"),
            province=Province(row["province"] or _source(known, "province")),
            latitude=float(row["latitude"] or _source(known, "latitude")),
            longitude=float(row["longitude"] or _source(known, "longitude")),
        )
    return [places[postcode] for postcode in sorted(places)]


def _source(place: Place | None, column: str) -> Any:
    if place is None:
        raise ValueError(f"a postcode that the source lacks needs its {column}")
    return getattr(place, column)


def write_points(points: Iterable[Point], path: Path) -> int:
    """Write the table; gives the number of rows."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for point in points:
            degrees = (f"{point.latitude:.5f}", f"{point.longitude:.5f}")
            writer.writerow(
                (point.postcode, point.name, point.province.value, *degrees, point.x_m, point.y_m)
            )
            count += 1
    return count
