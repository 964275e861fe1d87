"""A full import, from file to register: every quirk of the files, and what goes wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from companies.register import services
from companies.register.importing import reading
from companies.register.models import (
    ContactChannel,
    Enterprise,
    EnterpriseActivity,
    Establishment,
    EstablishmentActivity,
    NaceCode,
    RegisterImport,
)
from companies.register.tasks import run_import as run_import_task
from portal.common.run_rows import RunStatus
from tests.register.extracts import Extract, digits, enterprise, place

pytestmark = pytest.mark.django_db
FRENCH = '"4000","Luik","Liège","Nieuwstraat","Rue Neuve"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "extract"


def do_import(path: Path) -> RegisterImport:
    row = services.request_import(source=str(path))
    assert services.run_import(pk=row.pk)
    row.refresh_from_db()
    return row


def imported(extract: Extract, folder: Path) -> RegisterImport:
    row = do_import(extract.folder(folder))
    assert row.status == RunStatus.FINISHED, row.error
    return row


def the_place(index: int = 1) -> Establishment:
    return Establishment.objects.get(pk=digits(place(index)))


def codes(index: int = 1) -> dict[str, str]:
    rows = EstablishmentActivity.objects.filter(establishment_id=digits(place(index)))
    return {row.code: f"{row.version} {row.classification}" for row in rows}


def test_a_place_comes_in_with_its_address_point_activity_and_enterprise(folder: Path) -> None:
    row = imported(Extract(), folder)
    found = the_place()
    assert (found.name, found.name_key) == ("Choco 1", "choco 1")
    assert (found.street, found.house_number, found.box) == ("Kerkstraat", "1", "")
    assert (found.postcode, found.municipality, found.province) == (
        "2000",
        "Antwerpen",
        "antwerpen",
    )
    assert (found.x_m, found.y_m) == (652157, 712352)
    assert str(found.started_on) == "2006-05-04"
    assert (found.enterprise_id, found.enterprise.legal_form) == (digits(enterprise(1)), "610")
    assert codes() == {"10820": "2025 MAIN"}
    assert (row.extract_type, row.extract_number, str(row.snapshot_on)) == (
        "full", 150, "2026-11-01",
    )  # fmt: skip
    assert row.counts["establishments_new"] == 1
    assert NaceCode.objects.get(version="2025", code="10820").label_en == "Chocolate"


def test_only_watched_activities_come_in(folder: Path) -> None:
    extract = Extract().company(2, activities=False)
    extract.add("activity", f'"{place(2)}","001","2025","86210","MAIN"')
    imported(extract, folder)
    assert set(Establishment.objects.values_list("pk", flat=True)) == {digits(place(1))}


def test_a_known_number_comes_in_whatever_its_activities(folder: Path) -> None:
    services.remember_number(number=enterprise(2))
    services.remember_number(number=enterprise(2))
    extract = Extract().company(2, activities=False)
    extract.add("activity", f'"{enterprise(2)}","001","2025","86210","MAIN"')
    imported(extract, folder)
    assert codes(2) == {"86210": "2025 MAIN"}
    assert EnterpriseActivity.objects.get(enterprise_id=digits(enterprise(2))).code == "86210"


def test_an_activity_is_listed_once_over_groups_and_versions(folder: Path) -> None:
    extract = Extract().add(
        "activity",
        f'"{place(1)}","006","2025","10820","SECO"',
        f'"{place(1)}","006","2025","46360","SECO"',
        f'"{place(1)}","001","2008","10890","MAIN"',
        f'"{place(1)}","001","2003","15840","MAIN"',
    )
    imported(extract, folder)
    assert codes() == {"10820": "2025 MAIN", "46360": "2025 SECO"}


def test_the_same_digits_count_in_their_own_version_only(folder: Path) -> None:
    extract = Extract().company(2, activities=False).company(3, activities=False)
    extract.add("activity", f'"{place(2)}","001","2025","38320","MAIN"')  # landfill
    extract.add("activity", f'"{place(3)}","001","2008","38320","MAIN"')  # recovery
    imported(extract, folder)
    assert codes(2) == {}
    assert codes(3) == {"38320": "2008 MAIN"}


def test_a_place_without_activities_takes_its_enterprise_s(folder: Path) -> None:
    extract = Extract().company(2, activities=False)
    extract.add("activity", f'"{enterprise(2)}","001","2025","82920","MAIN"')
    imported(extract, folder)
    assert codes(2) == {"82920": "2025 MAIN"}


def test_a_struck_off_address_does_not_count(folder: Path) -> None:
    extract = Extract().drop("address", place(1))
    old = f'"{place(1)}","BAET",,,"9000","Gent","Gand","Veldstraat","Veldstraat","9",,'
    extract.add("address", f"{old},30-06-2024")
    row = imported(extract, folder)
    assert (the_place().postcode, the_place().x_m, the_place().province) == ("", None, "")
    assert row.counts["places_unknown"] == 1
    extract.add("address", f'"{place(1)}","BAET","","","8500","Kortrijk","","A (Kor)","","2","3",,')
    imported(extract, folder)
    found = the_place()
    assert (found.postcode, found.street, found.box) == ("8500", "A", "3")


def test_a_walloon_address_is_written_in_french(folder: Path) -> None:
    extract = Extract().drop("address", place(1))
    extract.add("address", f'"{place(1)}","BAET",,,{FRENCH},"1",,,')
    imported(extract, folder)
    assert (the_place().municipality, the_place().street) == ("Liège", "Rue Neuve")
    assert the_place().province == "luik"


def test_a_seat_abroad_keeps_its_country_and_gets_no_point(folder: Path) -> None:
    extract = Extract().add(
        "address",
        f'"{enterprise(1)}","REGO","Ierland","Irlande",,"Dublin","Dublin","S Lane","S Lane","1",,,',
    )
    imported(extract, folder)
    found = Enterprise.objects.get(pk=digits(enterprise(1)))
    assert (found.country, found.postcode, found.municipality) == ("Ierland", "", "Dublin")


def test_the_name_follows_type_and_language(folder: Path) -> None:
    extract = Extract().drop("denomination", enterprise(1))
    extract.add(
        "denomination",
        f'"{enterprise(1)}","2","002","AFK"',
        f'"{enterprise(1)}","1","001","""Élan"", sa"',
        f'"{enterprise(1)}","0","001","Élan"',
        f'"{place(1)}","2","003","Winkel, d\'Élan"',
    )
    imported(extract, folder)
    assert the_place().enterprise.name == "Élan"
    assert (the_place().name, the_place().name_key) == ("Winkel, d'Élan", "winkel, d'elan")


def test_an_enterprise_without_a_name_goes_by_its_number(folder: Path) -> None:
    imported(Extract().drop("denomination", enterprise(1)), folder)
    assert the_place().name == enterprise(1)


def natural(extract: Extract, index: int) -> Extract:
    """Make this company a natural person."""
    extract.drop("enterprise", enterprise(index)).drop("denomination", enterprise(index))
    extract.add("enterprise", f'"{enterprise(index)}","AC","000","1","",,01-02-2003')
    return extract.add("denomination", f'"{enterprise(index)}","0","001","Voorbeeldmans, An"')


def test_the_name_of_a_natural_person_stays_out_of_the_establishment(folder: Path) -> None:
    extract = natural(Extract(), 1)
    imported(extract, folder)
    assert (the_place().name, the_place().name_key) == (
        "Eenmanszaak Antwerpen", "eenmanszaak antwerpen",
    )  # fmt: skip
    assert the_place().enterprise.is_natural_person
    extract.add("denomination", f'"{enterprise(1)}","2","003","Bij An"')
    imported(extract, folder)
    assert the_place().name == "Bij An"


def test_a_natural_person_without_any_address_is_no_candidate(folder: Path) -> None:
    extract = natural(Extract().company(2), 1).drop("address", place(1))
    imported(extract, folder)
    assert set(Enterprise.objects.values_list("pk", flat=True)) == {digits(enterprise(2))}


def channels(**owner: str) -> list[tuple[str, str]]:
    return list(ContactChannel.objects.filter(**owner).values_list("kind", "value"))


def test_channels_of_legal_persons_come_in_and_follow_the_extract(folder: Path) -> None:
    extract = natural(Extract().company(2), 2)
    for number, owner in ((enterprise(1), "ENT"), (place(1), "EST"), (enterprise(2), "ENT")):
        extract.add("contact", f'"{number}","{owner}","TEL","02 123 45 67"')
    extract.add("contact", f'"{place(2)}","EST","EMAIL","an@demo.example"')
    extract.add("contact", f'"{enterprise(1)}","ENT","WEB","www.demo.example"')
    extract.add("contact", f'"{enterprise(1)}","ENT","WEB","www.demo.example"')
    row = imported(extract.add("contact", f'"{place(1)}","EST","POST","?"'), folder)
    assert channels(enterprise=digits(enterprise(1))) == [
        ("TEL", "02 123 45 67"), ("WEB", "www.demo.example"),
    ]  # fmt: skip
    assert channels(establishment=digits(place(1))) == [("TEL", "02 123 45 67")]
    assert ContactChannel.objects.count() == row.counts["contacts"] == 3
    assert [reject["file"] for reject in row.rejects] == ["contact.csv"]
    extract.drop("contact", enterprise(1)).drop("contact", place(1))
    imported(extract, folder)
    assert not ContactChannel.objects.exists()


def test_what_a_name_and_an_activity_come_from_is_kept(folder: Path) -> None:
    extract = natural(Extract().company(2), 1)
    extract.add("denomination", f'"{enterprise(1)}","2","003","Bij An"')
    extract.add("denomination", f'"{place(2)}","2","003","Winkel"').drop("activity", place(2))
    extract.add("activity", f'"{enterprise(2)}","001","2025","10820","MAIN"')
    imported(extract, folder)
    assert (the_place(1).own_name, the_place(1).enterprise.trade_name) == ("", "Bij An")
    assert (the_place(2).own_name, the_place(2).enterprise.trade_name) == ("Winkel", "")
    inherited = dict(EstablishmentActivity.objects.values_list("establishment_id", "is_inherited"))
    assert inherited == {digits(place(1)): False, digits(place(2)): True}


def test_branches_and_fax_numbers_disturb_nothing(folder: Path) -> None:
    extract = Extract()
    extract.add("branch", '"9.000.006.626",01-09-1995,"0257.883.408"')
    extract.add("contact", f'"{enterprise(1)}","ENT","FAX","000 00 00 00"')
    extract.add("address", f'"9.000.006.626","ABBR",,,{FRENCH},"1",,,')
    extract.add("denomination", '"9.000.006.626","0","004","Branch"')
    assert imported(extract, folder).counts["rejected"] == 0


def test_rows_that_cannot_be_read_are_listed_with_file_and_line(folder: Path) -> None:
    extract = Extract().company(2).company(3).company(4)
    extract.drop("establishment", place(2)).drop("enterprise", enterprise(3))
    extract.add("establishment", f'"{place(2)}",31-02-2020,"{enterprise(2)}"')
    extract.add("establishment", f'"{place(5)[:-1]}0",,"{enterprise(2)}"', '"x",,"y"')
    extract.add("activity", f'"{place(5)[:-1]}0","001","2025","10820","MAIN"')
    extract.add("activity", f'"{place(4)}","001","2025","x","MAIN"', '"?","001","2025","1","MAIN"')
    extract.add("activity", f'"{place(4)}","001","2050","10820","MAIN"')
    extract.add("code", '"Nace2025","koek","NL","geen code"')
    row = imported(extract, folder)
    reasons = {f"{one['file']}:{one['line']}": one["reason"] for one in row.rejects}
    assert row.counts["rejected"] == len(row.rejects) == 8
    assert "is no date" in reasons["establishment.csv:5"]
    assert "wrong_check_digit" in reasons["establishment.csv:6"]
    assert "its enterprise is not listed" in reasons["establishment.csv:3"]
    assert set(codes(4)) == {"10820"}


def test_the_same_extract_again_changes_nothing(folder: Path) -> None:
    imported(Extract(), folder)
    again = imported(Extract(), folder)
    assert again.counts["establishments_new"] == again.counts["establishments_changed"] == 0
    assert again.counts["enterprises_changed"] == again.counts["establishments_gone"] == 0


def test_what_is_gone_is_switched_off_and_comes_back_when_it_returns(folder: Path) -> None:
    imported(Extract().company(2), folder)
    row = imported(Extract(), folder)
    assert row.counts["establishments_gone"] == row.counts["enterprises_gone"] == 1
    assert not the_place(2).is_active
    assert not the_place(2).enterprise.is_active
    row = imported(Extract().company(2), folder)
    assert row.counts["establishments_returned"] == 1
    assert row.counts["establishments_changed"] == 0
    assert the_place(2).is_active


def test_changes_are_taken_over(folder: Path) -> None:
    imported(Extract(), folder)
    extract = Extract().drop("activity", place(1)).drop("denomination", enterprise(1))
    extract.add("activity", f'"{place(1)}","001","2025","82920","SECO"')
    extract.add("denomination", f'"{enterprise(1)}","2","001","Nieuw"')
    row = imported(extract, folder)
    assert row.counts["establishments_changed"] == 1
    assert (the_place().name, codes()) == ("Nieuw", {"82920": "2025 SECO"})


def test_the_order_of_the_rows_does_not_matter(folder: Path, tmp_path: Path) -> None:
    extract = Extract().company(2).company(3)
    imported(extract, folder)
    before = list(Establishment.objects.order_by("pk").values())
    for lines in extract.lines.values():
        lines[1:] = reversed(lines[1:])
    row = imported(extract, tmp_path / "reversed")
    assert row.counts["establishments_changed"] == 0
    assert list(Establishment.objects.order_by("pk").values()) == before


def test_a_row_that_stands_twice_comes_in_once(folder: Path) -> None:
    extract = Extract()
    for file in ("enterprise", "establishment", "denomination", "address", "activity"):
        extract.add(file, extract.lines[file][1])
    assert imported(extract, folder).counts["establishments"] == 1


def refused(path: Path) -> str:
    row = do_import(path)
    assert row.status == RunStatus.FAILED
    assert not Establishment.objects.exists()
    return row.error


def test_an_update_is_refused_and_names_both_numbers(folder: Path) -> None:
    extract = Extract()
    imported(extract, folder)
    extract.lines["meta"][3:5] = ['"ExtractType","update"', '"ExtractNumber","152"']
    row = do_import(extract.folder(folder))
    assert row.status == RunStatus.FAILED
    assert "Extract 152 is an update and the register is at extract 150" in row.error
    assert "update 151" in row.error


def test_a_missing_file_is_refused(folder: Path) -> None:
    Extract().folder(folder)
    (folder / "address.csv").unlink()
    assert "address.csv" in refused(folder)


def test_an_empty_watch_list_is_refused(folder: Path) -> None:
    from companies.register.models import WatchedNace

    WatchedNace.objects.all().delete()
    assert "watch list is empty" in refused(Extract().folder(folder))


def test_an_import_that_breaks_halfway_leaves_the_old_register(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(Extract().company(2), folder)
    before = list(Establishment.objects.order_by("pk").values())
    extract = Extract().company(3)
    extract.lines["address"][-1] = '"not utf-8'
    assert do_import(extract.folder(folder)).status == RunStatus.FAILED
    assert list(Establishment.objects.order_by("pk").values()) == before

    def breaks(*_: Any) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(reading.FullReader, "_contacts", breaks)
    row = services.request_import(source=str(Extract().folder(folder)))
    with pytest.raises(RuntimeError):
        services.run_import(pk=row.pk)
    row.refresh_from_db()
    assert (row.status, row.error) == (RunStatus.FAILED, "RuntimeError: out of order")
    assert list(Establishment.objects.order_by("pk").values()) == before


def test_a_run_that_is_over_is_not_done_again(folder: Path) -> None:
    row = imported(Extract(), folder)
    assert not services.run_import(pk=row.pk)
    assert not run_import_task(row.pk)


def test_the_task_does_a_queued_import(folder: Path) -> None:
    row = services.request_import(source=str(Extract().folder(folder)))
    assert run_import_task(row.pk)
    assert the_place().is_active


def test_a_cancelled_import_does_not_start(folder: Path) -> None:
    row = services.request_import(source=str(Extract().folder(folder)))
    assert services.cancel_import(pk=row.pk)
    assert not services.run_import(pk=row.pk)
    assert not Establishment.objects.exists()


def test_a_forgotten_import_of_the_same_file_gives_way(folder: Path) -> None:
    old = services.request_import(source=str(folder))
    other = services.request_import(source="/elsewhere")
    new = services.request_import(source=str(folder))
    services.supersede_imports(pk=new.pk)
    states = {row.pk: row.status for row in RegisterImport.objects.order_by("pk")}
    assert states == {
        old.pk: RunStatus.CANCELLED, other.pk: RunStatus.QUEUED, new.pk: RunStatus.QUEUED,
    }  # fmt: skip


def test_the_command_reports_in_one_line_and_fails_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_kbo", Extract().add("activity", '"?"').zip(folder.with_suffix(".zip")))
    out = capsys.readouterr().out
    assert "Extract 150 (full): 1 establishments of 1 enterprises, 1 new" in out
    assert "activity.csv, line 3: 1 values where 5 are needed" in out
    with pytest.raises(CommandError, match="There is no file or folder"):
        call_command("import_kbo", folder / "none")
