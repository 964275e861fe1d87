"""Update extracts: what changes, what stays, what cannot be completed, what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from companies.register import services
from companies.register.importing.update_reading import PARTS
from companies.register.models import (
    ContactChannel,
    Enterprise,
    Establishment,
    EstablishmentActivity,
    RegisterDifference,
    RegisterImport,
)
from companies.register.selectors import current_import
from portal.common.run_rows import RunStatus
from tests.register.extracts import digits, enterprise, place
from tests.register.updates import State, write_full, write_update

pytestmark = pytest.mark.django_db
WATCHED, OTHER = '"001","2025","10820","MAIN"', '"001","2025","86210","MAIN"'
ADDRESS = '"BAET",,,"2000","Antwerpen","Anvers","Kerkstraat","Kerkstraat","1",,,'
STRUCK_OFF = f"{ADDRESS[:-1]},30-06-2024"
GENT = '"BAET",,,"9000","Gent","Gand","Veldstraat","Veldstraat","9","2",,'


def company(index: int, **rows: tuple[str, ...]) -> dict[str, Any]:
    """A legal person that makes chocolate."""
    return {
        enterprise(index): {
            "enterprise": ('"AC","000","2","610",,01-02-2003',),
            "denomination": (f'"2","001","Choco {index}"',),
            "address": ('"REGO",,,"1000","Brussel","Bruxelles","Wet","Loi","1",,,',),
            "activity": (WATCHED,),
            "contact": ('"ENT","TEL","02 123 45 67"',),
            **rows,
        }
    }


def person(index: int, **rows: tuple[str, ...]) -> dict[str, Any]:
    """A natural person; what it does stands with the place."""
    own = {"enterprise": ('"AC","000","1","",,01-02-2003',), "address": (), "activity": ()}
    return company(index, **(own | {"denomination": ('"0","001","Voorbeeldmans, An"',)} | rows))


def shop(index: int, of: int, **rows: tuple[str, ...]) -> dict[str, Any]:
    """A place in Antwerp without a name or activities of its own."""
    return {
        place(index): {
            "establishment": (f'04-05-2006,"{enterprise(of)}"',),
            "denomination": (),
            "address": (ADDRESS,),
            "activity": (),
            "contact": (),
            **rows,
        }
    }


def run(path: Path, *, is_dry_run: bool = False) -> RegisterImport:
    row = services.request_import(source=str(path), is_dry_run=is_dry_run)
    assert services.run_import(pk=row.pk)
    row.refresh_from_db()
    return row


def full(state: State, path: Path, number: int = 150) -> RegisterImport:
    row = run(write_full(state, path / f"full{number}", number))
    assert row.status == RunStatus.FINISHED, row.error
    return row


def update(before: State, after: State, path: Path, number: int = 151) -> RegisterImport:
    row = run(write_update(before, after, path / f"update{number}", number))
    assert row.status == RunStatus.FINISHED, row.error
    return row


def the(index: int) -> Establishment:
    return Establishment.objects.select_related("enterprise").get(pk=digits(place(index)))


def codes(index: int) -> dict[str, bool]:
    rows = EstablishmentActivity.objects.filter(establishment_id=digits(place(index)))
    return dict(rows.values_list("code", "is_inherited"))


def changes(row: RegisterImport) -> dict[str, Any]:
    return {
        one.number: (one.kind, one.changes)
        for one in RegisterDifference.objects.filter(register_import=row)
    }


def positions() -> dict[str, str]:
    """Where each row lies: it moves when the row is written again."""
    found: dict[str, str] = {}
    with connection.cursor() as cursor:
        for table in ("enterprise", "establishment", "establishmentactivity", "contactchannel"):
            cursor.execute(f"SELECT t::text, ctid::text || xmin::text FROM register_{table} t")
            found.update(cursor.fetchall())
    return found


@pytest.mark.parametrize("file", PARTS)
def test_an_entity_that_comes_in_again_unchanged_is_left_alone(tmp_path: Path, file: str) -> None:
    state = company(1) | shop(1, 1) | company(2) | person(3) | shop(3, 3, activity=(WATCHED,))
    full(state, tmp_path)
    before = positions()
    path = write_update(state, state, tmp_path / "u", touches=lambda _, touched: touched == file)
    assert run(path).counts["touched"] > 0
    assert positions() == before
    assert not RegisterDifference.objects.exists()


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    before = company(1) | shop(1, 1) | company(2) | shop(2, 2)
    full(before, tmp_path)
    old = positions()
    update(before, before | shop(2, 2, address=(GENT,)), tmp_path)
    assert (the(2).postcode, the(2).box, the(2).province) == ("9000", "2", "oost-vlaanderen")
    moved = {row for row, at in positions().items() if old.get(row) != at}
    assert len(moved) == 1
    assert digits(place(2)) in moved.pop()


def test_a_name_of_the_enterprise_reaches_the_places_without_one(tmp_path: Path) -> None:
    before = company(1) | shop(1, 1) | shop(2, 1, denomination=('"2","003","Winkel"',))
    full(before, tmp_path)
    after = before | company(1, denomination=('"2","001","Pralines"',))
    row = update(before, after, tmp_path)
    assert (the(1).name, the(1).name_key, the(2).name) == ("Pralines", "pralines", "Winkel")
    assert changes(row) == {
        digits(place(1)): ("changed", {"name": ["Choco 1", "Pralines"]}),
    }
    again = after | shop(2, 1)
    update(after, again, tmp_path, 152)
    assert (the(2).name, the(2).own_name) == ("Pralines", "")


def test_activities_of_the_enterprise_reach_the_places_without_any(tmp_path: Path) -> None:
    before = company(1) | shop(1, 1) | shop(2, 1, activity=(WATCHED,))
    full(before, tmp_path)
    after = before | company(1, activity=(WATCHED, '"001","2025","82920","SECO"'))
    row = update(before, after, tmp_path)
    assert codes(1) == {"10820": True, "82920": True}
    assert codes(2) == {"10820": False}
    old = ["2025 10820 MAIN"]
    assert changes(row)[digits(place(1))][1] == {"activities": [old, [*old, "2025 82920 SECO"]]}
    update(after, after | shop(2, 1), tmp_path, 152)
    assert codes(2) == {"10820": True, "82920": True}


def test_places_of_a_person_go_by_a_trade_name_or_a_town(tmp_path: Path) -> None:
    before = person(1) | shop(1, 1, activity=(WATCHED,))
    full(before, tmp_path)
    trade = person(1, denomination=('"0","001","Voorbeeldmans, An"', '"2","003","Bij An"'))
    after = before | trade
    update(before, after, tmp_path)
    assert (the(1).name, the(1).name_key) == ("Bij An", "bij an")
    moved = before | shop(1, 1, activity=(WATCHED,), address=(GENT,))
    update(after, moved, tmp_path, 152)
    assert (the(1).name, the(1).name_key) == ("Eenmanszaak Gent", "eenmanszaak gent")
    assert not ContactChannel.objects.exists()


def test_what_loses_its_watched_activity_or_is_struck_off_is_switched_off(tmp_path: Path) -> None:
    before = company(1) | shop(1, 1) | company(2) | shop(2, 2) | person(3)
    before |= shop(3, 3, activity=(WATCHED,)) | company(4) | shop(4, 4)
    full(before, tmp_path)
    after = before | company(1, activity=(OTHER,)) | shop(3, 3, activity=(WATCHED,), address=())
    for gone in (enterprise(2), place(4)):
        del after[gone]
    row = update(before, after, tmp_path)
    active = set(Establishment.objects.filter(is_active=True).values_list("pk", flat=True))
    assert active == set()
    assert set(Enterprise.objects.filter(is_active=True).values_list("pk", flat=True)) == {
        digits(enterprise(4))
    }
    assert Establishment.objects.count() == row.counts["establishments_gone"] == 4
    assert {kind for kind, _ in changes(row).values()} == {"gone"}
    assert set(ContactChannel.objects.values_list("enterprise_id", flat=True)) == {
        digits(enterprise(4))
    }


def test_what_is_new_comes_in_whole_and_what_returns_comes_back(tmp_path: Path) -> None:
    before = company(1) | shop(1, 1)
    full(before, tmp_path)
    after = before | company(2) | shop(2, 2) | company(3, activity=(OTHER,)) | shop(3, 3)
    row = update(before, after, tmp_path)
    assert changes(row) == {digits(place(2)): ("new", {})}
    assert not Enterprise.objects.filter(pk=digits(enterprise(3))).exists()
    assert row.counts["incomplete"] == 0
    update(after, before, tmp_path, 152)
    back = update(before, before | company(2) | shop(2, 2, address=(GENT,)), tmp_path, 153)
    assert changes(back)[digits(place(2))] == (
        "returned",
        {"address": ["Kerkstraat 1, 2000 Antwerpen", "Veldstraat 9/2, 9000 Gent"]},
    )


def test_what_cannot_be_completed_is_named(tmp_path: Path) -> None:
    plain = {"activity": (OTHER,)}
    before = company(1, **plain) | shop(1, 1) | shop(2, 1, activity=(WATCHED,))
    before |= company(4, **plain) | shop(4, 4, **plain) | company(5, **plain) | shop(5, 5, **plain)
    before |= company(6, **plain) | person(7) | shop(7, 7, activity=(WATCHED,), address=())
    full(before, tmp_path)
    assert set(Establishment.objects.values_list("pk", flat=True)) == {digits(place(2))}
    after = before | company(1) | shop(4, 4, activity=(WATCHED,)) | shop(5, 5)
    after |= shop(6, 6, activity=(WATCHED,)) | shop(7, 7, activity=(WATCHED,), address=(ADDRESS,))
    row = update(before, after, tmp_path)
    assert {entry["number"]: entry["reason"] for entry in row.incomplete} == {
        digits(enterprise(1)): "places",
        digits(place(4)): "rows",
        digits(place(5)): "parent",
        digits(place(6)): "rows",
    }
    assert (row.counts["incomplete"], row.counts["incomplete_address"]) == (4, 1)
    assert Establishment.objects.count() == 1
    full(after, tmp_path, 152)
    assert Establishment.objects.filter(is_active=True).count() == 5


def test_a_place_that_moves_to_an_unknown_enterprise_stays_and_is_named(tmp_path: Path) -> None:
    before = company(1) | company(2, activity=(OTHER,)) | company(3)
    before |= shop(1, 1, activity=(WATCHED,))
    full(before, tmp_path)
    unknown = before | shop(1, 2, activity=(WATCHED,))
    row = update(before, unknown, tmp_path)
    assert the(1).enterprise_id == digits(enterprise(1))
    assert row.incomplete == [{"number": digits(place(1)), "reason": "rows"}]
    row = update(unknown, before | shop(1, 3, activity=(WATCHED,)), tmp_path, 152)
    assert the(1).enterprise_id == digits(enterprise(3))
    assert changes(row)[digits(place(1))][1] == {
        "name": ["Choco 1", "Choco 3"],
        "enterprise": [digits(enterprise(1)), digits(enterprise(3))],
    }


def test_a_number_that_became_known_waits_for_its_rows(tmp_path: Path) -> None:
    before = company(1) | company(2, activity=(OTHER,)) | shop(2, 2)
    full(before, tmp_path)
    services.remember_number(number=enterprise(2))
    after = before | company(2, activity=(OTHER,), denomination=('"2","001","Ander"',))
    row = update(before, after, tmp_path)
    assert row.incomplete == [{"number": digits(enterprise(2)), "reason": "rows"}]
    assert not Enterprise.objects.filter(pk=digits(enterprise(2))).exists()
    full(after, tmp_path, 152)
    assert the(2).enterprise.name == "Ander"


def test_the_situation_of_the_enterprise_is_told_of_its_places(tmp_path: Path) -> None:
    before = company(1) | shop(1, 1)
    full(before, tmp_path)
    row = update(
        before, before | company(1, enterprise=('"AC","050","2","610",,01-02-2003',)), tmp_path
    )
    assert changes(row) == {digits(place(1)): ("changed", {"legal_situation": ["000", "050"]})}


def refused(path: Path) -> str:
    before = positions()
    row = run(path)
    assert row.status == RunStatus.FAILED
    assert "\n" not in row.error
    assert positions() == before
    current = current_import()
    assert current is None or current.extract_number == 150
    return row.error


@pytest.mark.parametrize("number", [150, 149, 152])
def test_an_update_follows_its_extract_or_is_refused_with_both_numbers(
    tmp_path: Path, number: int
) -> None:
    state = company(1) | shop(1, 1)
    path = write_update(state, state, tmp_path / "u", number)
    assert f"Extract {number} is an update and the register is empty" in refused(path)
    full(state, tmp_path)
    error = refused(path)
    assert f"Extract {number} is an update and the register is at extract 150" in error
    assert "followed by update 151" in error


def test_a_register_of_an_older_version_needs_a_full_extract_first(tmp_path: Path) -> None:
    state = company(1) | shop(1, 1)
    full(state, tmp_path)
    RegisterImport.objects.update(layout=1)
    assert "older version" in refused(write_update(state, state, tmp_path / "u"))
    full(state, tmp_path)
    assert run(tmp_path / "u").status == RunStatus.FINISHED


@pytest.mark.parametrize(
    ("file", "content", "error"),
    [
        ("address_delete.csv", None, "Missing in the extract: address_delete.csv"),
        ("contact_insert.Csv", None, "Missing in the extract: contact_insert.csv"),
        ("activity_delete.csv", '"EntityNumber","X"\n', "activity_delete.csv has a wrong header"),
        ("activity_insert.csv", '"EntityNumber"\n', "activity_insert.csv has a wrong header"),
        ("branch_delete.csv", '"Nummer"\n', "branch_delete.csv has a wrong header"),
        ("activity_delete.csv", '"EntityNumber"\n"1950.', "activity_delete.csv, after line"),
        ("address_insert.csv", b"\xff", "not UTF-8"),
    ],
)
def test_a_broken_update_is_refused_in_one_line(
    tmp_path: Path, file: str, content: str | bytes | None, error: str
) -> None:
    before = company(1) | shop(1, 1)
    full(before, tmp_path)
    path = write_update(before, before | shop(1, 1, address=(GENT,)), tmp_path / "u")
    if content is None:
        (path / file).unlink()
    elif isinstance(content, bytes):
        with (path / file).open("ab") as stream:
            stream.write(content)
    else:
        (path / file).write_text(content)
    assert error in refused(path)


def test_rows_of_an_update_that_cannot_be_read_are_listed(tmp_path: Path) -> None:
    before = company(1) | shop(1, 1)
    full(before, tmp_path)
    path = write_update(before, before | shop(1, 1, activity=(WATCHED,)), tmp_path / "u")
    for file, row in (
        ("enterprise_delete", '"0000"'),
        ("enterprise_insert", f'"{place(5)}","AC","000","2","610",,'),
        ("establishment_insert", f'"{place(6)[:-1]}0",,"{enterprise(1)}"'),
        ("activity_delete", f'"{place(1)}","too many"'),
        ("activity_insert", f'"{place(1)}","001","1993","10820","MAIN"'),
        ("activity_insert", f'"{place(1)}","001","2025","10820","HALF"'),
        ("denomination_insert", f'"{place(1)}","2","009","?"'),
        ("address_insert", '"?",,,,,,,,,,,,'),
        ("contact_insert", f'"{place(1)}","EST","POST","?"'),
    ):
        name = "contact_insert.Csv" if file == "contact_insert" else f"{file}.csv"
        with (path / name).open("a") as stream:
            stream.write(f"{row}\n")
    row = run(path)
    assert row.status == RunStatus.FINISHED, row.error
    assert row.counts["rejected"] == 9
    assert {reject["file"] for reject in row.rejects} == {
        "enterprise_delete.csv", "enterprise_insert.csv", "establishment_insert.csv",
        "activity_delete.csv", "activity_insert.csv", "denomination_insert.csv",
        "address_insert.csv", "contact_insert.csv",
    }  # fmt: skip
    assert codes(1) == {"10820": False}
