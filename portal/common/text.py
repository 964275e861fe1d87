"""Text helpers without Django."""

from __future__ import annotations

import unicodedata


def name_key(name: str) -> str:
    """Sorting and search key: lower case, accents off, blanks folded.

    The embedded PostgreSQL has no ICU, so visible names sort by this column.
    """
    if name.isascii():
        return " ".join(name.lower().split())
    folded = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return " ".join(plain.split())
