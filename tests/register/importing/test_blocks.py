"""Reading in blocks against the strict reader of the standard library, line by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from companies.register.importing import blocks
from companies.register.importing.blocks import BOM, Block, BlockReader
from companies.register.importing.errors import ImportRefusedError, Rejects
from companies.register.importing.selection import place_of
from companies.register.importing.shapes import are_rows, listings, numbers_at, numbers_at_end
from companies.register.importing.source import COLUMNS, Source

FILE = "establishment"
HEADER = '"EstablishmentNumber","StartDate","EnterpriseNumber"\n'


@dataclass
class Outcome:
    """What a reader made of a file."""

    rows: list[tuple[int, list[str]]]
    rejects: list[dict[str, str | int]]
    refusal: str = ""


def source_of(data: bytes, file: str = FILE) -> Source:
    return Source({file: len(data)}, lambda _: io.BytesIO(data))


def slowly(data: bytes, file: str = FILE) -> Outcome:
    """The obvious reference: one row after the other."""
    found, rejects = Outcome([], []), Rejects()
    try:
        for row in source_of(data, file).rows(file, rejects):
            found.rows.append(row)
    except ImportRefusedError as error:
        found.refusal = str(error)
    found.rejects = rejects.listed
    return found


def in_blocks(data: bytes, file: str = FILE) -> Outcome:
    """All rows: those that are whole lines from the block, the others as they are settled."""
    found, rejects = Outcome([], []), Rejects()
    try:
        with source_of(data, file).blocks(file, rejects, lambda _: None) as reader:
            for block in reader:
                reader.check_text(block)
                known = are_rows(block, len(COLUMNS[file]))
                odd = reader.settle(block, known)
                found.rows += sorted(odd + list(known_rows(block, known)))
    except ImportRefusedError as error:
        found.refusal = str(error)
    found.rejects = rejects.listed
    return found


def known_rows(block: Block, known: np.ndarray) -> Iterator[tuple[int, list[str]]]:
    chosen = np.flatnonzero(known)
    rows = csv.reader(block.texts(chosen), strict=True)
    return zip(block.numbers[chosen].tolist(), rows, strict=True)


VALUES = st.sampled_from([
    '"0200.065.765"', '"2.000.000.339"', "01-02-2003", "", '""', '"a,b"', '"say ""hi"""', '"Élan"',
    '"two\nlines"', '"two\r\nlines"', 'a"b', ' "a"', '"a" ', '"a"b"', '"', "x", "\0", '"\0"', "\r",
    '"Ω"', '""",""",', '","',
])  # fmt: skip
ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", "\n\n"])
LINES = st.lists(
    st.tuples(st.lists(VALUES, min_size=2, max_size=4).map(",".join), ENDS).map("".join),
    max_size=12,
)


@settings(max_examples=400, deadline=None)
@given(lines=LINES, size=st.sampled_from([3, 16, 40, 1 << 20]), bom=st.booleans())
@example(lines=['"a","b', '\n","c"\n', '"a","b","c"\n'], size=16, bom=False)
@example(lines=['"a","b","c"\rx,y,z\n', "1,2,3"], size=1 << 20, bom=True)
def test_blocks_give_the_rows_and_rejects_of_the_strict_reader(
    lines: list[str], size: int, bom: bool
) -> None:
    data = (BOM if bom else b"") + (HEADER + "".join(lines)).encode()
    before = blocks.BLOCK_BYTES
    blocks.BLOCK_BYTES = max(size, len(BOM))
    try:
        fast = in_blocks(data)
    finally:
        blocks.BLOCK_BYTES = before
    slow = slowly(data)
    assert bool(fast.refusal) == bool(slow.refusal), (fast.refusal, slow.refusal)
    if not slow.refusal:
        assert fast == slow


def test_the_number_of_the_line_where_it_breaks_is_told() -> None:
    good = '"2.000.000.339",01-02-2003,"0200.065.765"\n'
    assert in_blocks((HEADER + good * 3).encode() + b'"\xe9",,\n').refusal == (
        "establishment.csv, after line 4: not UTF-8 text"
    )
    assert in_blocks((HEADER + good * 3 + '"a","b').encode()).refusal.startswith(
        "establishment.csv, after line 5: unexpected end of data"
    )


def test_a_row_that_never_ends_is_not_kept_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCK_BYTES", 1000)
    monkeypatch.setattr(blocks, "MAX_ROW_BYTES", 5000)
    data = (HEADER + '"x\n",' * 3000).encode()
    assert "a row of more than" in in_blocks(data).refusal
    assert "a row of more than" in in_blocks((HEADER + "x" * 20_000).encode()).refusal


def test_what_breaks_while_it_is_read_ahead_is_told_by_the_reader() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError("disk on fire")

    source = Source({FILE: 1}, lambda _: Broken())
    with (
        pytest.raises(ImportRefusedError, match="after line 0: disk on fire"),
        source.blocks(FILE, Rejects(), lambda _: None) as reader,
    ):
        list(reader)


def one_block(text: str) -> Block:
    reader = BlockReader(
        io.BytesIO(b"x\n" + text.encode()),
        name="x.csv", columns=("x",), rejects=Rejects(), told=lambda _: None,
    )  # fmt: skip
    return next(iter(reader))


PRINTED = st.one_of(
    st.integers(0, 9_999_999_999).map(lambda n: f"{n:010d}").map(
        lambda s: f"{s[:4]}.{s[4:7]}.{s[7:]}"
    ),
    st.integers(0, 9_999_999_999).map(lambda n: f"{n:010d}").map(
        lambda s: f"{s[:1]}.{s[1:4]}.{s[4:7]}.{s[7:]}"
    ),
    st.sampled_from(["0200.065.76", "02000.65.765", "0200065765", "", "a200.065.765",
                     "0200.065:765", "٠200.065.765", "2.000.000.33", "2.000.000.339.",
                     "/200.065.765"]),
)  # fmt: skip


@given(st.lists(st.tuples(PRINTED, st.integers(1, 3)), min_size=1, max_size=20))
def test_numbers_are_read_as_one_by_one(drawn: list[tuple[str, int]]) -> None:
    listed = [number for number, times in drawn for _ in range(times)]
    block = one_block("".join(f'"{number}","x"\n' for number in listed))
    numbers = numbers_at(block, block.starts[: len(block)])
    for number, place, check, end, start in zip(
        listed, numbers.places.tolist(), numbers.checks.tolist(), numbers.ends.tolist(),
        block.starts.tolist(), strict=False,
    ):  # fmt: skip
        if place < 0:
            # Numbers without dots are read one by one.
            assert place_of(number) is None or "." not in number
        else:
            assert (place, check) == (place_of(number), int(number[-2:]))
            assert end == start + len(number) + 1


@given(st.sampled_from(["", "x,", '"a",', '"a,', '"a,""', "a,b,", '"a","b,c",']), PRINTED)
def test_the_number_at_the_end_is_a_value_of_its_own(head: str, number: str) -> None:
    line = f'{head}"{number}"'
    block = one_block(f'"1950.000.163"\n{line}\n')
    places, are_plain = numbers_at_end(block)
    is_row = any(are_rows(block, width)[1] for width in (1, 2, 3))
    if is_row and are_plain[1] and places[1] >= 0:
        assert next(csv.reader([line], strict=True))[-1] == number
        assert places[1] == place_of(number)
    if head.endswith('",') and len(number) == 12 and place_of(number) is not None:
        assert are_plain[1]
        assert places[1] == place_of(number)


def activity(number: str, group: str, version: str, code: str, class_: str) -> str:
    return f'"{number}","{group}","{version}","{code}","{class_}"'


ACTIVITIES = st.builds(
    activity,
    st.sampled_from(["1950.000.163", "8.950.000.122", "1950.000.164", "x", "1950000163"]),
    st.sampled_from(["001", "006", "1", "0a1"]),
    st.sampled_from(["2025", "2008", "2003", "2050", ""]),
    st.sampled_from(["10820", "1082001", "00000", "9999999", "108", "1082x", "10820017", ""]),
    st.sampled_from(["MAIN", "SECO", "ANCI", "main", "OTHER"]),
)


@given(st.lists(ACTIVITIES, min_size=1, max_size=20))
def test_listings_are_what_their_lines_say(lines: list[str]) -> None:
    from companies.register.domain.numbers import has_right_check_digits
    from companies.register.domain.records import CLASS_RANK, VERSIONS
    from companies.register.importing.selection import code_index

    block = one_block("\r\n".join(lines) + "\r\n")
    found = listings(block)
    for at, line in enumerate(lines):
        number, group, version, code, class_ = line.replace('"', "").split(",")
        is_usual = (
            "." in number
            and has_right_check_digits(number.replace(".", ""))
            and len(group) == 3
            and group.isdigit()
            and version in {one.value for one in VERSIONS}
            and len(code) in {5, 7}
            and code.isdigit()
            and class_ in CLASS_RANK
        )
        assert bool(found.known[at]) == is_usual
        if is_usual:
            assert found.places[at] == place_of(number)
            assert VERSIONS[found.versions[at]].value == version
            assert found.codes[at] == code_index(code)
            assert found.ranks[at] == CLASS_RANK[class_]
