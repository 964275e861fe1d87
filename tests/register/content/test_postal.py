"""The postal table: complete, corrected, and projected as it says."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from companies.register.content.postal import (
    COLUMNS,
    PROVINCE_OF_STATE,
    TABLE,
    corrected_places,
    read_corrections,
    read_points,
)
from portal.common.vocabulary import FLEMISH_PROVINCES, Province

POINTS = {point.postcode: point for point in read_points()}
# Corners of each province's box (degrees), rounded outwards; own reading of a map.
BOXES = {
    Province.ANTWERPEN: (50.95, 51.51, 4.20, 5.27),
    Province.LIMBURG: (50.65, 51.31, 4.95, 5.93),
    Province.OOST_VLAANDEREN: (50.70, 51.37, 3.30, 4.40),
    Province.VLAAMS_BRABANT: (50.67, 51.07, 3.87, 5.20),
    Province.WEST_VLAANDEREN: (50.67, 51.39, 2.53, 3.56),
    Province.BRUSSEL: (50.75, 50.92, 4.23, 4.49),
    Province.WAALS_BRABANT: (50.52, 50.82, 4.09, 5.03),
    Province.HENEGOUWEN: (49.94, 50.82, 2.83, 4.63),
    Province.LUIK: (50.12, 50.82, 4.96, 6.42),
    Province.LUXEMBURG: (49.49, 50.44, 4.95, 6.05),
    Province.NAMEN: (49.77, 50.66, 4.28, 5.42),
}


def test_the_table_holds_every_postcode_once_in_order() -> None:
    codes = [point.postcode for point in read_points()]
    assert len(codes) == 1149
    assert codes == sorted(set(codes))
    assert {province for point in POINTS.values() for province in [point.province]} == set(Province)


def test_the_four_absent_codes_are_there_and_the_wrong_points_are_right() -> None:
    assert {"1804", "1931", "5352", "7010"} <= POINTS.keys()
    assert POINTS["1910"].latitude == pytest.approx(50.94, abs=0.03)
    assert POINTS["2223"].latitude == pytest.approx(51.03, abs=0.03)


def test_zwijndrecht_follows_its_merger_and_antwerp_stays() -> None:
    assert POINTS["2070"].province is Province.OOST_VLAANDEREN
    assert POINTS["2060"].province is Province.ANTWERPEN
    assert POINTS["8587"].province is Province.WEST_VLAANDEREN
    assert POINTS["3790"].province is Province.LIMBURG


@pytest.mark.parametrize("province", list(Province))
def test_each_point_lies_in_the_box_of_its_province(province: Province) -> None:
    south, north, west, east = BOXES[province]
    outside = [
        point
        for point in POINTS.values()
        if point.province is province
        and not (south <= point.latitude <= north and west <= point.longitude <= east)
    ]
    assert not outside


def test_flemish_postcodes_are_about_as_many_as_the_postal_service_lists() -> None:
    flemish = [point for point in POINTS.values() if point.province in FLEMISH_PROVINCES]
    assert len(flemish) == 521


def test_metres_are_the_projected_degrees() -> None:
    pyproj = pytest.importorskip("pyproj")
    transformer = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:3812", always_xy=True)
    for point in POINTS.values():
        x, y = transformer.transform(point.longitude, point.latitude)
        assert (point.x_m, point.y_m) == (round(x), round(y)), point


def test_antwerp_and_ghent_are_as_far_apart_as_on_the_map() -> None:
    one, two = POINTS["2000"], POINTS["9000"]
    metres = ((one.x_m - two.x_m) ** 2 + (one.y_m - two.y_m) ** 2) ** 0.5
    assert metres == pytest.approx(52_000, abs=2_000)


def test_a_correction_keeps_what_it_does_not_say() -> None:
    source = [
        {"code": "1000", "stateCode": "BRU", "localityName": "B", "latitude": 50.8, "longitude": 4}
    ]
    row = dict.fromkeys(("name", "province", "latitude", "longitude", "reason"), "")
    [place] = corrected_places(source, [{**row, "postcode": "1000", "name": "Brussel"}])
    assert (place.name, place.province, place.latitude) == ("Brussel", Province.BRUSSEL, 50.8)
    with pytest.raises(ValueError, match="needs its province"):
        corrected_places(source, [{**row, "postcode": "1804", "name": "Cargovil"}])


def test_every_correction_gives_its_reason() -> None:
    rows = read_corrections()
    assert all(row["reason"] for row in rows)
    assert [row["postcode"] for row in rows] == sorted(row["postcode"] for row in rows)


def test_the_command_makes_a_table_that_reads_back(tmp_path: Path) -> None:
    pytest.importorskip("pyproj")
    states = {province: state for state, province in PROVINCE_OF_STATE.items()}
    source = tmp_path / "postcodes.json"
    records = [
        {
            "code": point.postcode,
            "stateCode": states[point.province],
            "localityName": point.name,
            "latitude": point.latitude,
            "longitude": point.longitude,
        }
        for point in POINTS.values()
    ]
    source.write_text(json.dumps(records), encoding="utf-8")
    call_command("make_postal_table", source=source, out=tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_bytes() == TABLE.read_bytes()


def test_the_command_says_in_one_line_that_the_source_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("make_postal_table", source=tmp_path / "none.json")


def test_the_notice_and_the_columns_stand_beside_the_table() -> None:
    assert "ODbL" in (TABLE.parent / "ODbL-NOTICE.md").read_text(encoding="utf-8")
    with TABLE.open(encoding="utf-8", newline="") as stream:
        assert tuple(next(csv.reader(stream))) == COLUMNS
