"""Rows of the URL × role table for pages of libraries (allauth)."""

from __future__ import annotations

from tests.access.rows import EVERYONE, LOGGED_IN, Access

PUBLIC = Access(allow=EVERYONE)
PERSONAL = Access(allow=LOGGED_IN)

LIBRARY_ACCESS: dict[str, Access] = {}
