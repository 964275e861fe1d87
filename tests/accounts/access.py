"""Who gets to the addresses of this room."""

from __future__ import annotations

from tests.access.rows import LOGGED_IN, Access

ACCESS = {
    "accounts:profile": Access(allow=LOGGED_IN),
}
