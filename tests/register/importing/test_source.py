"""Nobody vouches for a file: what is wrong with it is said in one line."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from companies.register.importing import source as module
from companies.register.importing.errors import ImportRefusedError, Rejects
from companies.register.importing.shapes import are_rows
from companies.register.importing.source import Meta, open_source, read_meta
from tests.register.extracts import Extract


def rows(path: Path, file: str, rejects: Rejects | None = None) -> list[list[str]]:
    with open_source(path) as source:
        return [row for _, row in source.rows(file, rejects or Rejects())]


def rows_in_blocks(path: Path, file: str) -> None:
    rejects = Rejects()
    with open_source(path) as source, source.blocks(file, rejects, lambda _: None) as reader:
        for block in reader:
            reader.check_text(block)
            reader.settle(block, are_rows(block, len(module.COLUMNS[file])))


def refusal(path: Path, file: str = "activity") -> str:
    """What both ways of reading say; they must not differ."""
    with pytest.raises(ImportRefusedError) as caught:
        rows(path, file)
    message = str(caught.value)
    assert "\n" not in message
    with pytest.raises(ImportRefusedError) as in_blocks:
        rows_in_blocks(path, file)
    assert str(in_blocks.value).split(":")[-1] == message.rsplit(":", maxsplit=1)[-1]
    return message


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_a_folder_and_a_zip_read_alike(tmp_path: Path, kind: str) -> None:
    path = getattr(Extract(), kind)(tmp_path / "extract")
    assert [row[3] for row in rows(path, "activity")] == ["10820"]
    with open_source(path) as source:
        meta = read_meta(source, Rejects())
    assert (meta.kind, meta.number, str(meta.snapshot)) == ("full", 150, "2026-11-01")


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(tmp_path: Path) -> None:
    folder = Extract().folder(tmp_path / "x")
    file = folder / "activity.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert len(rows(folder, "activity")) == 1


def test_the_case_of_a_file_name_does_not_matter(tmp_path: Path) -> None:
    folder = Extract().folder(tmp_path / "x")
    (folder / "contact.csv").rename(folder / "contact.Csv")
    assert rows(folder, "contact") == []


def test_commas_quotes_and_accents_in_a_name_survive(tmp_path: Path) -> None:
    extract = Extract().add("denomination", '"1950.000.163","2","001","""Élan"", koek, Ωmega"')
    assert rows(extract.folder(tmp_path / "x"), "denomination")[-1][3] == '"Élan", koek, Ωmega'


def test_nothing_and_an_empty_text_are_the_same(tmp_path: Path) -> None:
    extract = Extract().add("branch", '"9.000.006.626",,"0257.883.408"', '"",,""')
    assert [row[1] for row in rows(extract.folder(tmp_path / "x"), "branch")] == ["", ""]


def test_a_row_with_too_few_values_is_counted_and_passed_over(tmp_path: Path) -> None:
    extract = Extract().add("activity", '"1950.000.163","001"', "")
    rejects = Rejects()
    assert len(rows(extract.folder(tmp_path / "x"), "activity", rejects)) == 1
    assert rejects.listed == [
        {"file": "activity.csv", "line": 3, "reason": "2 values where 5 are needed"}
    ]


def test_too_many_bad_rows_stop_the_import_with_the_first_of_them() -> None:
    rejects = Rejects(ceiling=2)
    for line in (7, 8):
        rejects.add("activity.csv", line, "no number")
    with pytest.raises(ImportRefusedError, match=r"activity\.csv, line 7: no number"):
        rejects.add("activity.csv", 9, "no number")


def test_a_missing_path_a_text_file_and_a_cut_zip(tmp_path: Path) -> None:
    assert "no file or folder" in refusal(tmp_path / "none.zip")
    (tmp_path / "text.zip").write_text("no zip")
    assert "no readable ZIP" in refusal(tmp_path / "text.zip")
    whole = Extract().zip(tmp_path / "whole.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    assert "no readable ZIP" in refusal(tmp_path / "cut.zip")


def test_a_damaged_member_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("activity.csv", Extract().bytes_of("activity"))
    data = path.read_bytes()
    path.write_bytes(data.replace(b"10820", b"10830", 1))
    assert "activity.csv" in refusal(path)


@pytest.mark.parametrize("compressed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("field", [20, 24], ids=["compressed size", "size"])
def test_a_member_that_is_truncated_or_lies_about_its_size_is_noticed(
    tmp_path: Path, compressed: int, field: int
) -> None:
    path = tmp_path / "x.zip"
    extract = Extract().add(
        "activity", *(f'"{n:010d}","001","2025","1","MAIN"' for n in range(999))
    )
    with zipfile.ZipFile(path, "w", compressed) as archive:
        archive.writestr("activity.csv", extract.bytes_of("activity"))
    data = bytearray(path.read_bytes())
    size = data.index(b"PK\x01\x02") + field
    half = int.from_bytes(data[size : size + 4], "little") // 2
    data[size : size + 4] = half.to_bytes(4, "little")
    path.write_bytes(data)
    assert "activity.csv" in refusal(path)


def test_a_wrong_header_names_the_right_one(tmp_path: Path) -> None:
    extract = Extract()
    extract.lines["activity"][0] = '"Number","Code"'
    assert "EntityNumber,ActivityGroup" in refusal(extract.folder(tmp_path / "x"))
    extract.lines["activity"] = []
    assert "wrong header" in refusal(extract.folder(tmp_path / "y"))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = Extract().folder(tmp_path / "x")
    (folder / "address.csv").unlink()
    with open_source(folder) as source, pytest.raises(ImportRefusedError, match=r"address\.csv"):
        source.require(("meta", "address"))


@pytest.mark.parametrize(
    "name", ["../activity.csv", "/activity.csv", "a/activity.csv", "..\\a.csv"]
)
def test_a_member_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(name, "x")
    assert "not at the root" in refusal(tmp_path / "x.zip")


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = Extract().folder(tmp_path / "x")
    (tmp_path / "secret.csv").write_text("x")
    (folder / "activity.csv").unlink()
    (folder / "activity.csv").symlink_to(tmp_path / "secret.csv")
    assert "outside the folder" in refusal(folder)


def test_a_file_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("activity.csv", "x")
        archive.writestr("Activity.CSV", "x")
    assert "twice" in refusal(tmp_path / "x.zip")


def test_a_bomb_is_refused_before_it_unpacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("activity.csv", b"0" * 5_000_000)
    monkeypatch.setattr(module, "SMALL", 1000)
    assert "times its size" in refusal(tmp_path / "x.zip")
    monkeypatch.setattr(module, "SMALL", 10_000_000)
    monkeypatch.setattr(module, "MAX_BYTES", 1_000_000)
    assert "unpacks to" in refusal(tmp_path / "x.zip")
    monkeypatch.setattr(module, "MAX_MEMBERS", 0)
    assert "at most 0" in refusal(tmp_path / "x.zip")


def test_text_in_another_encoding_is_refused(tmp_path: Path) -> None:
    folder = Extract().folder(tmp_path / "x")
    with (folder / "activity.csv").open("ab") as file:
        file.write('"1950.000.163","é"\n'.encode("latin-1"))
    assert "not UTF-8" in refusal(folder)


def test_a_quote_that_never_ends_is_refused(tmp_path: Path) -> None:
    extract = Extract().add("activity", '"1950.000.163","001')
    assert "activity.csv, after line" in refusal(extract.folder(tmp_path / "x"))


@pytest.mark.parametrize(
    ("line", "value", "message"),
    [
        (3, '"ExtractType","monthly"', "not full or update"),
        (4, '"ExtractNumber","-1"', "not a number"),
        (4, '"ExtractNumber",""', "not a number"),
        (1, '"SnapshotDate","2026-11-01"', "SnapshotDate"),
    ],
)
def test_a_wrong_meta_file_is_refused(tmp_path: Path, line: int, value: str, message: str) -> None:
    extract = Extract()
    extract.lines["meta"][line] = value
    with (
        open_source(extract.folder(tmp_path / "x")) as source,
        pytest.raises(ImportRefusedError, match=message),
    ):
        read_meta(source, Rejects())


def test_an_update_is_recognised(tmp_path: Path) -> None:
    extract = Extract()
    extract.lines["meta"][3] = '"ExtractType","update"'
    with open_source(extract.zip(tmp_path / "x.zip")) as source:
        assert isinstance(read_meta(source, Rejects()), Meta)
        assert read_meta(source, Rejects()).kind == "update"
