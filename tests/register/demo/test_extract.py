"""The demo extract: the published format with its quirks, seeded, fictional, importable."""

from __future__ import annotations

import csv
import hashlib
import re
import resource
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from companies.register import services
from companies.register.demo.extract import ExtractPlan, write_extract
from companies.register.demo.known import (
    VZW,
    KnownEnterprise,
    KnownPlace,
    known_enterprise_number,
    known_establishment_number,
)
from companies.register.demo.specs import trades
from companies.register.domain.numbers import (
    parse_enterprise_number,
    parse_establishment_number,
)
from companies.register.importing.source import COLUMNS
from companies.register.models import Establishment, NaceCode, PostalPoint, RegisterImport
from companies.register.selectors import find_enterprise
from portal.common.run_rows import RunStatus

KNOWN = (
    KnownEnterprise("Maatwerk Voorbeeld vzw (demo)", (KnownPlace("2000"), KnownPlace("3500"))),
    KnownEnterprise(
        "Werkplaats Proef vzw (demo)",
        (KnownPlace("8500", "Molenweg", "7", "Atelier Zuid (demo)"),),
        activities=(("88995", "88995"), ("82920", "82920")),
    ),
)
Rows = dict[str, list[list[str]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("extract") / "demo"
    return write_extract(ExtractPlan(establishments=3000, seed=7, known=KNOWN), out)


@pytest.fixture(scope="module")
def rows(folder: Path) -> Rows:
    found = {}
    for file in COLUMNS:
        with (folder / f"{file}.csv").open(encoding="utf-8-sig", newline="") as stream:
            found[file] = list(csv.reader(stream, strict=True))
    return found


def text(folder: Path, file: str) -> str:
    return (folder / f"{file}.csv").read_text(encoding="utf-8")


def test_every_file_is_there_with_the_header_of_the_cookbook(rows: Rows) -> None:
    for file, columns in COLUMNS.items():
        assert tuple(rows[file][0]) == columns
        assert all(len(row) == len(columns) for row in rows[file])


def test_there_are_as_many_establishments_as_asked_and_the_known_ones(rows: Rows) -> None:
    assert len(rows["establishment"]) - 1 == 3000 + 3


def test_numbers_pass_the_check_and_lie_in_a_range_that_is_not_in_use(rows: Rows) -> None:
    for number, *_ in rows["enterprise"][1:]:
        assert parse_enterprise_number(number)[:2] == "19"
        assert re.fullmatch(r"\d{4}\.\d{3}\.\d{3}", number)
    for number, _, parent in rows["establishment"][1:]:
        assert parse_establishment_number(number)[:2] == "89"
        parse_enterprise_number(parent)
        assert re.fullmatch(r"\d\.\d{3}\.\d{3}\.\d{3}", number)


def test_entities_are_sorted_and_belong_together(rows: Rows) -> None:
    enterprises = [row[0] for row in rows["enterprise"][1:]]
    assert enterprises == sorted(set(enterprises))
    establishments = [row[0] for row in rows["establishment"][1:]]
    assert establishments == sorted(set(establishments))
    assert {row[2] for row in rows["establishment"][1:]} <= set(enterprises)
    branches = {row[0] for row in rows["branch"][1:]}
    everything = set(enterprises) | set(establishments) | branches
    for file in ("denomination", "address", "contact", "activity"):
        assert {row[0] for row in rows[file][1:]} <= everything
    assert branches
    assert all(number.startswith("9") for number in branches)


def test_text_is_quoted_and_days_are_not(folder: Path) -> None:
    line = re.compile(r'"\d\.\d{3}\.\d{3}\.\d{3}",\d\d-\d\d-\d{4},"\d{4}\.\d{3}\.\d{3}"')
    lines = text(folder, "establishment").splitlines()[1:]
    assert all(line.fullmatch(one) for one in lines)


def test_an_absence_is_written_both_ways(folder: Path) -> None:
    enterprises = text(folder, "enterprise")
    assert re.search(r'"1","",,\d\d-', enterprises)
    assert re.search(r'"1",,,\d\d-', enterprises)
    assert '"REGO","","",' in text(folder, "address")
    assert '"REGO",,,' in text(folder, "address")
    assert (folder / "code.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_addresses_have_their_quirks(rows: Rows) -> None:
    addresses = rows["address"][1:]
    assert any(row[12] for row in addresses), "struck off"
    assert any(re.search(r"\([A-Z]\S{2}\)$", row[7]) for row in addresses), "suffix"
    abroad = [row for row in addresses if row[2]]
    assert any(not row[4] for row in abroad), "foreign without postcode"
    assert Counter(row[1] for row in addresses).keys() == {"REGO", "BAET", "ABBR"}
    natural = {row[0] for row in rows["enterprise"][1:] if row[3] == "1"}
    assert natural
    assert not natural & {row[0] for row in addresses}, "no seat for natural persons"


def test_names_have_their_quirks_and_are_marked(rows: Rows) -> None:
    names = rows["denomination"][1:]
    assert all(row[3].endswith("(demo)") for row in names)
    assert {row[1] for row in names} >= {"0", "1", "2"}
    assert {row[2] for row in names} == {"001", "002", "003", "004"}
    assert any("," in row[3] for row in names)
    assert any('"' in row[3] for row in names)
    assert any("É" in row[3] or "é" in row[3] for row in names)
    several = Counter((row[0], row[2]) for row in names)
    assert max(several.values()) > 1, "French and Dutch in Brussels"


def test_each_activity_stands_once_per_version_and_group(rows: Rows) -> None:
    activities = rows["activity"][1:]
    assert len({tuple(row[:4]) for row in activities}) == len(activities)
    assert {row[2] for row in activities} == {"2003", "2008", "2025"}
    assert {row[1] for row in activities} == {"001", "006"}
    assert {row[4] for row in activities} == {"MAIN", "SECO", "ANCI"}
    listed = {row[0] for row in activities}
    assert any(row[0] not in listed for row in rows["establishment"][1:]), "none of its own"
    assert any(row[2] == "FAX" for row in rows["contact"])


def test_codes_have_labels_in_three_languages_and_fax_is_not_among_them(rows: Rows) -> None:
    codes = {(row[0], row[1], row[2]) for row in rows["code"][1:]}
    for _, _, version, code, _ in rows["activity"][1:]:
        assert {(f"Nace{version}", code, language) for language in ("NL", "FR", "EN")} <= codes
    assert ("ContactType", "FAX", "NL") not in codes


def test_codes_of_the_two_versions_follow_the_known_changes() -> None:
    pairs = {trade.nace_2008[:4]: trade.nace_2025[:4] for trade in trades()}
    changed = {
        "2562": "2553", "2561": "2551", "3832": "3821", "8219": "8210", "5229": "5225",
        "4672": "4682", "9601": "9610", "1082": "1082", "8292": "8292", "8130": "8130",
    }  # fmt: skip
    assert {old: pairs[old] for old in changed} == changed


def digest(folder: Path) -> str:
    files = b"".join((folder / f"{file}.csv").read_bytes() for file in COLUMNS)
    return hashlib.sha256(files).hexdigest()


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(
    folder: Path, tmp_path: Path
) -> None:
    again = write_extract(ExtractPlan(establishments=3000, seed=7, known=KNOWN), tmp_path / "a")
    assert digest(again) == digest(folder)
    other = write_extract(ExtractPlan(establishments=3000, seed=8, known=KNOWN), tmp_path / "b")
    assert digest(other) != digest(folder)


def test_a_zip_holds_the_same_files_at_its_root(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "x.zip"
    call_command("make_register_extract", establishments=50, out=out, seed=3)
    write_extract(ExtractPlan(establishments=50, seed=3), tmp_path / "x")
    with zipfile.ZipFile(out) as archive:
        assert set(archive.namelist()) == {f"{file}.csv" for file in COLUMNS}
        for name in archive.namelist():
            assert archive.read(name) == (tmp_path / "x" / name).read_bytes()
    assert [path.name for path in out.parent.iterdir()] == ["x.zip"]


def test_a_wrong_wish_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="between 0 and"):
        call_command("make_register_extract", establishments=-1, out=tmp_path / "x")
    wrong = KnownEnterprise("X", (KnownPlace("2000"),), activities=(("00000", "00000"),))
    with pytest.raises(ValueError, match="not among the activities"):
        write_extract(ExtractPlan(establishments=0, known=(wrong,)), tmp_path / "x")
    with pytest.raises(ValueError, match="at most"):
        ExtractPlan(establishments=0, known=KNOWN * 600)
    with pytest.raises(ValueError, match="at most"):
        known_enterprise_number(1000)
    with pytest.raises(ValueError, match="at most"):
        known_establishment_number(0, 10)


@pytest.mark.slow
def test_memory_stays_flat(tmp_path: Path) -> None:
    write_extract(ExtractPlan(establishments=10_000), tmp_path / "x")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    write_extract(ExtractPlan(establishments=100_000), tmp_path / "x")
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown_kib < 40_000


@pytest.mark.django_db
def test_it_comes_in_through_the_ordinary_import(folder: Path) -> None:
    row = services.request_import(source=str(folder))
    services.run_import(pk=row.pk)
    row = RegisterImport.objects.get(pk=row.pk)
    assert row.status == RunStatus.FINISHED, row.error
    assert row.counts["rejected"] == 0
    share = row.counts["establishments"] / 3000
    assert 0.3 < share < 0.8, "noise stays outside, enough comes in"
    assert Establishment.objects.filter(x_m__isnull=False).count() > 0.97 * (
        Establishment.objects.count()
    )
    postcodes = set(Establishment.objects.exclude(postcode="").values_list("postcode", flat=True))
    assert postcodes <= set(PostalPoint.objects.values_list("postcode", flat=True))
    assert NaceCode.objects.get(version="2025", code="82920").label_fr


@pytest.mark.django_db
def test_demo_companies_find_themselves_by_number(folder: Path) -> None:
    services.run_import(pk=services.request_import(source=str(folder)).pk)
    first = find_enterprise(known_enterprise_number(0))
    second = find_enterprise(known_enterprise_number(1))
    assert first is not None
    assert second is not None
    assert (first.name, first.legal_form, first.postcode) == (KNOWN[0].name, VZW, "2000")
    assert [one.postcode for one in first.establishments.all()] == ["2000", "3500"]
    assert [one.code for one in second.activities.all()] == ["88995", "82920"]
    [place] = second.establishments.all()
    assert (place.pk, place.name) == (known_establishment_number(1, 0), "Atelier Zuid (demo)")
    assert (place.municipality, place.province) == ("Kortrijk", "west-vlaanderen")
    assert find_enterprise("0200065765") is None


@pytest.mark.django_db
def test_the_look_up_of_an_enterprise_takes_four_queries(
    folder: Path, django_assert_num_queries: object
) -> None:
    services.run_import(pk=services.request_import(source=str(folder)).pk)
    with django_assert_num_queries(4):  # type: ignore[operator]
        found = find_enterprise(known_enterprise_number(0))
        assert found is not None
        assert [[a.code for a in one.activities.all()] for one in found.establishments.all()] == [
            ["88995"],
            ["88995"],
        ]
        assert len(found.activities.all()) == 1
