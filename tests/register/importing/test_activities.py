"""All of ``activity.csv`` against the plain rules, entity by entity."""

from __future__ import annotations

import io
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companies.register.domain.numbers import (
    format_enterprise_number,
    format_establishment_number,
    with_check_digits,
)
from companies.register.domain.records import CLASS_RANK, Activity, chosen_activities
from companies.register.importing import activities, blocks
from companies.register.importing.activities import ActivityPass, copy_lines
from companies.register.importing.errors import ImportRefusedError, Rejects
from companies.register.importing.selection import IS_WATCHED, Selection, WatchList, place_of
from companies.register.importing.source import COLUMNS, Source

WATCHED = [("2025", "1082"), ("2025", "25"), ("2008", "2562"), ("2003", ""), ("2008", "9999999")]
HEADER = ",".join(f'"{column}"' for column in COLUMNS["activity"]) + "\n"
NUMBERS = [
    *(format_enterprise_number(with_check_digits(19_500_000 + n)) for n in range(3)),
    *(format_establishment_number(with_check_digits(89_500_000 + n)) for n in range(2)),
    format_establishment_number(with_check_digits(90_000_000)),
]
LISTED = st.tuples(
    st.sampled_from(NUMBERS),
    st.sampled_from(["001", "006", "1"]),
    st.sampled_from(["2025", "2008", "2008", "2003"]),
    st.sampled_from(["10820", "1082001", "25620", "47110", "9999999", "108", "2"]),
    st.sampled_from(["MAIN", "SECO", "ANCI"]),
    st.booleans(),
)


def marked(text: str, rejects: Rejects) -> tuple[ActivityPass, Selection]:
    """The pass over a file with these lines."""
    selection = Selection([])
    found = ActivityPass(selection, WatchList(WATCHED), rejects)
    data = (HEADER + text).encode()
    source = Source({"activity": len(data)}, lambda _: io.BytesIO(data))
    with source.blocks("activity", rejects, lambda _: None) as reader:
        found.mark(reader)
    return found, selection


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(LISTED, max_size=25),
    kept=st.sets(st.sampled_from(NUMBERS)),
    size=st.sampled_from([64, 1 << 20]),
)
def test_what_is_kept_are_the_chosen_activities_of_kept_entities(
    rows: list[tuple[str, str, str, str, str, bool]], kept: set[str], size: int
) -> None:
    quote = '"'
    text = "".join(
        ",".join(f"{quote * quoted}{value}{quote * quoted}" for value in row) + "\n"
        for *row, quoted in rows
    )
    before = blocks.BLOCK_BYTES
    blocks.BLOCK_BYTES = size
    try:
        found, selection = marked(text, rejects := Rejects())
    finally:
        blocks.BLOCK_BYTES = before
    listed: dict[str, list[Activity]] = defaultdict(list)
    for number, _, version, code, class_, _ in rows:
        listed[number].append(Activity(version, code, class_))
    wanted = set()
    for number, its in listed.items():
        place = place_of(number)
        assert place is not None
        version = min((one.version for one in its), key=["2025", "2008", "2003"].index)
        watched = any(
            one.version == version == v and one.code.startswith(prefix)
            for one in its
            for v, prefix in WATCHED
        )
        assert IS_WATCHED[selection.flags[place]] == watched
        if number in kept:
            selection.keep(place)
        if number in kept and not number.startswith("9"):
            for code, class_ in chosen_activities(its).items():
                wanted.add((number.replace(".", ""), version, code, str(CLASS_RANK[class_])))
    lines = b"".join(copy_lines(found.kept())).decode().splitlines()
    found.close()
    assert len(lines) == len(set(lines))
    assert {tuple(line.split("\t")) for line in lines} == wanted
    assert not rejects.count


def test_strange_codes_are_refused_of_kept_entities_in_the_version_that_counts() -> None:
    place = f'"{NUMBERS[4]}"'
    found, selection = marked(
        f'{place},"001","2025","10820","MAIN"\n'
        f'{place},"001","2025","x","MAIN"\n'
        f'{place},"001","2025","10820","HEAD"\n'
        f'{place},"001","2008","x","MAIN"\n'
        '"1950.000.163","001","2025","x","MAIN"\n',
        rejects := Rejects(),
    )
    selection.keep(89_500_001)
    assert len(found.kept()) == 1
    found.close()
    assert [(one["line"], one["reason"]) for one in rejects.listed] == [
        (3, "code 'x', class 'MAIN'"),
        (4, "code '10820', class 'HEAD'"),
    ]


def test_a_file_of_strange_codes_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activities, "MAX_DOUBTFUL", 3)
    with pytest.raises(ImportRefusedError, match="more than 3 strange codes"):
        marked('"1950.000.163","001","2025","x","MAIN"\n' * 4, Rejects())
