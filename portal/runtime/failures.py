"""Turning what can go wrong at the start into one clear line."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator


class StartError(Exception):
    """The portal cannot start; the message is one line for the person at the keyboard."""


_BY_ERRNO = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "a file would grow larger than this account may make it",
    errno.EROFS: "the folder is read-only",
    errno.EACCES: "this account may not write there",
    errno.EPERM: "this account may not write there",
    errno.ENOTDIR: "a part of the path is not a folder",
    errno.ENOENT: "the path does not exist and cannot be made",
}
_BY_TEXT = (
    (re.compile(r"no space left on device", re.IGNORECASE), "the disk is full"),
    (re.compile(r"disk quota exceeded", re.IGNORECASE), "the disk quota is used up"),
    (re.compile(r"file too large", re.IGNORECASE), "a file would grow larger than allowed"),
    (re.compile(r"read-only file system", re.IGNORECASE), "the folder is read-only"),
    (re.compile(r"could not resize shared memory", re.IGNORECASE), "shared memory is full"),
)


def of_os_error(error: OSError, what: str) -> StartError:
    """One line for a file operation that failed; ``what`` names the folder's purpose."""
    reason = _BY_ERRNO.get(error.errno or 0, error.strerror or str(error))
    where = f" ({error.filename})" if error.filename else ""
    return StartError(f"{what}: {reason}{where}.")


def in_text(text: str) -> str | None:
    """The reason that a program's output gives in words we know, else None."""
    return next((reason for pattern, reason in _BY_TEXT if pattern.search(text)), None)


def last_complaint(text: str) -> str:
    """The last line of a program's output that says what was wrong, else its last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    marked = [line for line in lines if re.search(r"\b(FATAL|PANIC|ERROR|error):", line)]
    return (marked or lines or ["no message"])[-1]


def chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what caused it, outermost first."""
    current: BaseException | None = error
    while current is not None:
        yield current
        current = current.__cause__ or current.__context__


def first_line(error: BaseException) -> str:
    """The error's own words on one line, without what follows."""
    words = str(error).strip().splitlines()
    return words[0].strip() if words else type(error).__name__
