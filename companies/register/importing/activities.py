"""``activity.csv``, which is nine tenths of an extract: read once, at the speed of its bytes.

Marks what each entity is listed under, and keeps what may count in a temporary file: eight
bytes a listing, without repetitions and without what a newer NACE version overrules.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from companies.register.domain.numbers import has_right_check_digits
from companies.register.domain.records import CLASS_RANK, VERSIONS
from companies.register.importing.blocks import BlockReader, Row
from companies.register.importing.errors import ImportRefusedError, Rejects
from companies.register.importing.selection import (
    CODE_OFFSETS,
    VERSION_OF,
    Selection,
    WatchList,
    code_index,
    is_code,
    place_of,
)
from companies.register.importing.shapes import listings

# A listing as one number that sorts by place, version, code and rank.
_PLACE_BITS, _VERSION_BITS, _CODE_BITS = 28, 26, 2
_CODE_MASK, _RANK_MASK = (1 << 24) - 1, 3
CHUNK = 1 << 20
MAX_DOUBTFUL = 100_000
FILE = "activity.csv"
_VERSION_PLACE = {version.value: place for place, version in enumerate(VERSIONS)}
_NONE = len(VERSIONS)
# By the bits of an entity: the place in ``VERSIONS`` of the version that counts.
_COUNTS = np.array(
    [_NONE if version is None else _VERSION_PLACE[version] for version in VERSION_OF], np.int64
)
Packed = NDArray[np.int64]


class _Doubtful(NamedTuple):
    """A line whose code or class cannot be kept; refused when its entity is kept."""

    line: int
    place: int
    version: str
    code: str
    class_: str


class ActivityPass:
    """What ``activity.csv`` says of all entities."""

    def __init__(self, selection: Selection, watched: WatchList, rejects: Rejects) -> None:
        self._selection = selection
        self._flags = selection.view()
        self._watched = watched
        self._rejects = rejects
        self._doubtful: list[_Doubtful] = []
        self._kept_for_later = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()

    def close(self) -> None:
        """Give the temporary file back."""
        self._kept_for_later.close()

    def mark(self, reader: BlockReader) -> None:
        """Read the file. Raises ImportRefusedError."""
        table = self._watched.table()
        for block in reader:
            found = listings(block)
            odd = self._odd(reader.settle(block, found.known))
            known = found.known
            places, versions = found.places[known], found.versions[known]
            codes, ranks = found.codes[known], found.ranks[known]
            self._flag(places, table[versions, codes])
            packed = (
                (places << _PLACE_BITS) | (versions << _VERSION_BITS) | (codes << _CODE_BITS)
                | ranks
            )  # fmt: skip
            if odd:
                packed = np.concatenate([packed, np.array(odd, np.int64)])
            self._put_away(packed)

    def _flag(self, places: NDArray[np.int64], bits: NDArray[np.uint8]) -> None:
        if not len(places):
            return
        heads = np.flatnonzero(np.diff(places, prepend=-1))
        np.bitwise_or.at(self._flags, places[heads], np.bitwise_or.reduceat(bits, heads))

    def _odd(self, rows: list[Row]) -> list[int]:
        """Mark rows in another form than the published one; those that may be kept, packed."""
        packed: list[int] = []
        for line, (number, _group, version, code, class_) in rows:
            place = place_of(number)
            if place is None:
                self._rejects.add(FILE, line, f"{number!r} is no number")
                continue
            bits = self._watched.bits(version, code)
            if not bits:
                self._rejects.add(FILE, line, f"{version!r} is no NACE version")
                continue
            self._flags[place] |= bits
            rank = CLASS_RANK.get(class_)
            if rank is None or not is_code(code):
                self._doubtful.append(_Doubtful(line, place, version, code, class_))
                if len(self._doubtful) > MAX_DOUBTFUL:
                    raise ImportRefusedError(f"{FILE}: more than {MAX_DOUBTFUL} strange codes")
                continue
            # A number with wrong check digits is no kept entity's.
            if not has_right_check_digits(number.replace(".", "")):
                continue
            packed.append(
                place << _PLACE_BITS | _VERSION_PLACE[version] << _VERSION_BITS
                | code_index(code) << _CODE_BITS | rank
            )  # fmt: skip
        return packed

    def _put_away(self, packed: Packed) -> None:
        versions = (packed >> _VERSION_BITS) & 3
        packed = packed[versions <= _COUNTS[self._flags[packed >> _PLACE_BITS]]]
        self._kept_for_later.write(_first_ranks(packed).tobytes())

    def kept(self) -> Packed:
        """The listings of kept entities, sorted, in the version that counts; rejects the rest."""
        for one in self._doubtful:
            if self._counts(one.place, one.version):
                self._rejects.add(FILE, one.line, f"code {one.code!r}, class {one.class_!r}")
        self._kept_for_later.seek(0)
        parts: list[Packed] = [np.empty(0, np.int64)]
        while chunk := self._kept_for_later.read(8 * CHUNK):
            packed = np.frombuffer(chunk, np.int64)
            places = packed >> _PLACE_BITS
            is_kept = self._selection.are_kept(places)
            is_kept &= ((packed >> _VERSION_BITS) & 3) == _COUNTS[self._flags[places]]
            parts.append(packed[is_kept])
        return _first_ranks(np.concatenate(parts))

    def _counts(self, place: int, version: str) -> bool:
        return self._selection.is_kept(place) and VERSION_OF[self._flags[place]] == version


def _first_ranks(packed: Packed) -> Packed:
    """Sorted; each place, version and code once, with the most important classification."""
    packed = np.sort(packed)
    first: Packed = packed[np.diff(packed >> _CODE_BITS, prepend=-1) != 0]
    return first


def copy_lines(packed: Packed) -> Iterator[bytes]:
    """The listings as lines for COPY: number, version, code, rank; by length of the code."""
    codes = (packed >> _CODE_BITS) & _CODE_MASK
    for length in range(1, len(CODE_OFFSETS) - 1):
        fits = (codes >= CODE_OFFSETS[length]) & (codes < CODE_OFFSETS[length + 1])
        chosen = packed[fits]
        for start in range(0, len(chosen), CHUNK):
            yield _lines(chosen[start : start + CHUNK], length)


def _lines(packed: Packed, length: int) -> bytes:
    first_eight = packed >> _PLACE_BITS
    number = first_eight * 100 + (97 - first_eight % 97)
    version = np.array([int(version.value) for version in VERSIONS], np.int64)[
        (packed >> _VERSION_BITS) & 3
    ]
    code = ((packed >> _CODE_BITS) & _CODE_MASK) - CODE_OFFSETS[length]
    text = np.empty((len(packed), 19 + length), np.uint8)
    for values, stop, digits in ((number, 10, 10), (version, 15, 4), (code, 16 + length, length)):
        rest = values
        for column in range(stop - 1, stop - 1 - digits, -1):
            text[:, column] = ord("0") + rest % 10
            rest = rest // 10
        text[:, stop] = ord("\t")
    text[:, 17 + length] = ord("0") + (packed & _RANK_MASK)
    text[:, 18 + length] = ord("\n")
    return text.tobytes()
