"""A CSV file in blocks of whole lines, for code that looks at all lines of a block at once.

Such code says which lines have the form it knows (they must be whole rows by themselves);
all others go to the strict reader of the standard library, one row at a time, so that what
is refused, passed over or accepted is the same as if that reader had read everything.
"""

from __future__ import annotations

import csv
import io
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from companies.register.importing.errors import ImportRefusedError, Rejects

BLOCK_BYTES = 1 << 21
# A row cannot be longer: its fields may hold 131,072 characters each.
MAX_ROW_BYTES = 1 << 23
BLOCKS_AHEAD = 3
BOM = b"\xef\xbb\xbf"
# Eight bytes are read at once from any place of a block, also from its last line.
MARGIN = 32
_NEWLINE, _RETURN = 10, 13

Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
Row = tuple[int, list[str]]


@dataclass(slots=True)
class Block:
    """Some lines of a file.

    ``raw`` holds them between margins; line ``i`` is ``raw[starts[i]:ends[i]]`` without its
    line end, the next one begins at ``starts[i + 1]``. ``numbers`` are line numbers.
    """

    raw: bytes
    starts: Places
    ends: Places
    numbers: Places

    @property
    def data(self) -> Bytes:
        """All bytes, margins included."""
        return np.frombuffer(self.raw, np.uint8)

    def words(self) -> NDArray[np.uint64]:
        """The eight bytes from each place on, as one number each (the first byte lowest)."""
        count = len(self.raw) - 8
        return np.ndarray((count,), "<u8", self.raw, strides=(1,))

    def texts(self, chosen: NDArray[np.intp]) -> Iterator[str]:
        """The chosen lines."""
        raw = self.raw
        spans = zip(self.starts[chosen].tolist(), self.ends[chosen].tolist(), strict=True)
        return (raw[start:end].decode() for start, end in spans)

    def __len__(self) -> int:
        return len(self.ends)


class BlockReader:
    """Reads one file. Raises ImportRefusedError for what makes the rest unreadable."""

    def __init__(
        self,
        stream: BinaryIO,
        *,
        name: str,
        columns: tuple[str, ...],
        rejects: Rejects,
        told: Callable[[int], None],
    ) -> None:
        self._stream = stream
        self._name = name
        self._columns = columns
        self._rejects = rejects
        self._told = told
        self._carry = b""
        self._line = 1
        self._is_last = False

    @property
    def line(self) -> int:
        """How many lines were read so far."""
        return self._line - 1

    def __iter__(self) -> Iterator[Block]:
        position, is_first = 0, True
        with _ReadAhead(self._stream) as chunks:
            for chunk in chunks:
                self._is_last = not chunk
                block = self._block(chunk if position else chunk.removeprefix(BOM))
                position += len(chunk)
                if block is None:
                    continue
                if is_first:
                    is_first = False
                    block = self._without_header(block)
                if len(block):
                    yield block
                self._told(position)
        if is_first:
            raise self._wrong_header()

    def _block(self, chunk: bytes) -> Block | None:
        """The whole lines of what there is; the rest is carried over to the next chunk."""
        raw = self._carry + chunk
        cut = len(raw) if self._is_last else raw.rfind(b"\n") + 1
        self._carry = raw[cut:]
        if len(self._carry) > MAX_ROW_BYTES:
            raise self._refusal(self._line, "a row of more than 8 MB")
        if not cut:
            return None
        margin = b"\n" * MARGIN
        whole = b"".join((margin, memoryview(raw)[:cut], margin))
        last = MARGIN + cut
        newlines = np.flatnonzero(np.frombuffer(whole, np.uint8)[MARGIN:last] == _NEWLINE) + MARGIN
        if raw[cut - 1] != _NEWLINE:
            newlines = np.append(newlines, last)
        starts = np.empty(len(newlines) + 1, np.int64)
        starts[0] = MARGIN
        starts[1:] = newlines + 1
        ends = newlines - (np.frombuffer(whole, np.uint8)[newlines - 1] == _RETURN)
        numbers = np.arange(self._line, self._line + len(newlines))
        self._line += len(newlines)
        return Block(whole, starts, np.maximum(ends, starts[:-1]), numbers)

    def _without_header(self, block: Block) -> Block:
        rows, taken = self._strict(block, 0)
        if not rows or tuple(rows[0][1]) != self._columns:
            raise self._wrong_header()
        return Block(block.raw, block.starts[taken:], block.ends[taken:], block.numbers[taken:])

    def settle(self, block: Block, known: Bools) -> list[Row]:
        """Read the lines that are not ``known``: (line, values), as the strict reader sees them.

        Takes lines that belong to such a row off ``known``. A row that goes on in the next
        block is left for that one.
        """
        found: list[Row] = []
        width, at, stop = len(self._columns), 0, len(block)
        for odd in np.flatnonzero(~known).tolist():
            if odd < at:
                continue
            rows, at = self._strict(block, odd)
            known[odd:at] = False
            if at == odd:
                known[odd:] = False
                self._put_back(block, odd)
                break
            for line, row in rows:
                if len(row) != width:
                    if row:
                        reason = f"{len(row)} values where {width} are needed"
                        self._rejects.add(self._name, line, reason)
                elif any("\0" in value for value in row):
                    self._rejects.add(self._name, line, "a NUL character")
                else:
                    found.append((line, row))
            if at >= stop:
                break
        return found

    def _strict(self, block: Block, first: int) -> tuple[list[Row], int]:
        """The row (or rows) from this line on, and the line after it.

        That is ``first`` itself when the row goes on in the next block.
        """
        lines = _Lines(block, first)
        reader = csv.reader(lines, strict=True)
        before = int(block.numbers[first]) - 1
        rows: list[Row] = []
        try:
            for row in reader:
                rows.append((before + reader.line_num, row))
                if not lines.is_within:
                    break
        except UnicodeDecodeError as error:
            raise self._refusal(before + reader.line_num, "not UTF-8 text") from error
        except csv.Error as error:
            if lines.is_over and not self._is_last:
                return [], first
            raise self._refusal(before + reader.line_num, str(error)) from error
        # Lines that end in a bare carriage return count too.
        block.numbers[lines.at :] += reader.line_num - (lines.at - first)
        self._line += reader.line_num - (lines.at - first)
        return rows, lines.at

    def _put_back(self, block: Block, first: int) -> None:
        end = len(block.raw) - MARGIN
        self._carry = block.raw[int(block.starts[first]) : end] + self._carry
        self._line = int(block.numbers[first])
        if len(self._carry) > MAX_ROW_BYTES:
            raise self._refusal(self._line, "a row of more than 8 MB")

    def check_text(self, block: Block) -> None:
        """Raise ImportRefusedError unless the block is UTF-8 text."""
        if block.raw.isascii():
            return
        try:
            block.raw.decode()
        except UnicodeDecodeError as error:
            line = int(np.searchsorted(block.starts, error.start, side="right")) - 1
            last = int(block.numbers[min(line, len(block) - 1)])
            raise self._refusal(last - 1, "not UTF-8 text") from error

    def _refusal(self, line: int, reason: str) -> ImportRefusedError:
        return ImportRefusedError(f"{self._name}, after line {line}: {reason}")

    def _wrong_header(self) -> ImportRefusedError:
        wanted = ",".join(self._columns)
        return ImportRefusedError(f"{self._name} has a wrong header; it should be {wanted}")


class _Lines:
    """The lines of a block from one on, as text; a bare carriage return ends a line too."""

    def __init__(self, block: Block, first: int) -> None:
        self.at = first
        self.is_over = False
        self._block = block
        self._within: Iterator[str] = iter(())
        self._next: str | None = None

    @property
    def is_within(self) -> bool:
        """A part of the current line is still to come."""
        return self._next is not None

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._next is None:
            self._take()
        text, self._next = self._next, next(self._within, None)
        if text is None:
            raise StopIteration
        return text

    def _take(self) -> None:
        block = self._block
        if self.at >= len(block):
            self.is_over = True
            return
        stop = min(int(block.starts[self.at + 1]), len(block.raw) - MARGIN)
        text = block.raw[int(block.starts[self.at]) : stop].decode()
        self.at += 1
        self._within = iter(io.StringIO(text, newline=""))
        self._next = next(self._within, None)


class _ReadAhead:
    """The chunks of a stream, read by a thread while the caller is busy; the last is empty.

    Unpacking works outside the interpreter's lock, so both go on at once.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._chunks: queue.Queue[bytes | BaseException] = queue.Queue(BLOCKS_AHEAD)
        self._is_unwanted = threading.Event()
        self._thread = threading.Thread(target=self._read, name="read-ahead", daemon=True)

    def __enter__(self) -> _ReadAhead:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_unwanted.set()
        self._thread.join()

    def __iter__(self) -> Iterator[bytes]:
        while True:
            item = self._chunks.get()
            if isinstance(item, BaseException):
                raise item
            yield item
            if not item:
                return

    def _read(self) -> None:
        try:
            while self._put(chunk := self._stream.read(BLOCK_BYTES)) and chunk:
                pass
        except BaseException as error:
            # Raised again where it is awaited.
            self._put(error)

    def _put(self, item: bytes | BaseException) -> bool:
        while not self._is_unwanted.is_set():
            try:
                self._chunks.put(item, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False
