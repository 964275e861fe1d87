"""The folder of extracts: what counts, what is refused, and what comes next."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.register.importing.folder import (
    FolderError,
    FoundExtract,
    Standing,
    extract_named,
    extracts_in,
    next_extract,
    standing,
)
from companies.register.importing.source import Meta
from tests.register.extracts import Extract

MOMENT = datetime(2026, 11, 25, tzinfo=UTC)


def put(folder: Path, name: str, *, number: int = 150, kind: str = "full") -> Path:
    """An extract as a ZIP in the folder."""
    extract = Extract()
    extract.lines["meta"] = [
        line.replace('"150"', f'"{number}"').replace('"full"', f'"{kind}"')
        for line in extract.lines["meta"]
    ]
    return extract.zip(folder / name)


def found(name: str, number: int | None, kind: str = "full") -> FoundExtract:
    """As if it lay in a folder; unreadable without a number."""
    meta = None if number is None else Meta(kind, number, date(2026, 11, 1))
    return FoundExtract(name, Path("/kbo") / name, 10, MOMENT, meta)


def test_extracts_are_told_by_what_is_in_them_the_newest_first(tmp_path: Path) -> None:
    put(tmp_path, "b.zip", number=150)
    put(tmp_path, "a.ZIP", number=152, kind="update")
    put(tmp_path, "c.zip", number=151, kind="update")
    listed = extracts_in(tmp_path)
    assert [(one.name, one.meta and (one.meta.number, one.meta.kind)) for one in listed] == [
        ("a.ZIP", (152, "update")),
        ("c.zip", (151, "update")),
        ("b.zip", (150, "full")),
    ]
    assert listed[0].size == (tmp_path / "a.ZIP").stat().st_size
    assert listed[0].meta is not None
    assert listed[0].meta.snapshot == date(2026, 11, 1)


def test_what_cannot_be_read_is_listed_last_with_the_reason(tmp_path: Path) -> None:
    put(tmp_path, "good.zip")
    whole = put(tmp_path, "half.zip").read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])  # still being copied
    good, half = extracts_in(tmp_path)
    assert (good.name, half.name) == ("good.zip", "half.zip")
    assert half.meta is None
    assert "no readable ZIP" in half.problem


def test_only_zips_that_really_lie_in_the_folder_count(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    put(outside, "secret.zip")
    (inside / "link.zip").symlink_to(outside / "secret.zip")
    (inside / "folder.zip").mkdir()
    (inside / "notes.txt").write_text("x")
    (inside / os.fsdecode(b"caf\xe9.zip")).write_bytes(b"x")  # a name that is no text
    (inside / "line\nbreak.zip").write_bytes(b"x")
    os.mkfifo(inside / "pipe.zip")
    put(inside, "real.zip")
    assert [one.name for one in extracts_in(inside)] == ["real.zip"]


@pytest.mark.parametrize(
    "name", ["../outside/secret.zip", "/etc/passwd", "..", "", "real.zip/../real.zip", "x\x00.zip"]
)
def test_a_name_never_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    put(outside, "secret.zip")
    put(inside, "real.zip")
    assert extract_named(inside, "real.zip").path == inside / "real.zip"
    with pytest.raises(FolderError):
        extract_named(inside, name)


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="No such file"):
        extracts_in(tmp_path / "missing")


def test_a_meta_file_without_end_is_not_read(tmp_path: Path) -> None:
    extract = Extract()
    extract.lines["meta"] += ['"Note","x"'] * 10_000
    extract.zip(tmp_path / "long.zip")
    assert extracts_in(tmp_path)[0].problem == "meta.csv is too long"


def test_an_empty_register_waits_for_a_full_extract() -> None:
    update, full = found("u", 151, "update"), found("f", 150)
    assert next_extract([update], None) is None
    assert next_extract([update, full], None) == full


def test_updates_follow_one_by_one_and_a_newer_full_extract_goes_first() -> None:
    updates = [found(f"u{number}", number, "update") for number in (151, 152, 153)]
    assert next_extract(updates, 150) == updates[0]
    assert next_extract(updates, 151) == updates[1]
    assert next_extract(updates, 149) is None
    full = found("f152", 152)
    assert next_extract([*updates, full], 150) == full
    assert next_extract([*updates, full], 152) == updates[2]


EXTRACTS = st.lists(
    st.builds(
        found,
        st.uuids().map(str),
        st.none() | st.integers(0, 6),
        st.sampled_from(["full", "update"]),
    ),
    max_size=6,
    unique_by=lambda one: one.name,
)


@given(EXTRACTS, st.none() | st.integers(0, 6))
def test_what_comes_next_always_brings_the_register_further_and_the_order_is_no_matter(
    listed: list[FoundExtract], current: int | None
) -> None:
    following = next_extract(listed, current)
    assert next_extract(list(reversed(listed)), current) == following
    told = {one.name: standing(one, current=current, following=following) for one in listed}
    assert [name for name, told_of in told.items() if told_of is Standing.NEXT] == (
        [following.name] if following else []
    )
    if following is None:
        # Nothing that could follow was passed over.
        assert Standing.FITS not in told.values()
    else:
        assert following.meta is not None
        assert current is None or following.meta.number > current


def test_every_standing_is_told() -> None:
    following = found("next", 152)
    cases = {
        Standing.NEXT: following,
        Standing.FITS: found("u", 151, "update"),
        Standing.CURRENT: found("c", 150),
        Standing.OLDER: found("o", 149),
        Standing.GAP: found("g", 153, "update"),
        Standing.UNREADABLE: found("x", None),
    }
    assert cases.keys() == set(Standing)
    for expected, one in cases.items():
        assert standing(one, current=150, following=following) is expected
