"""Where the embedded parts keep their files; no Django, so that settings may read it."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class State:
    """Files of one installation, under ``var/`` or ``PORTAL_STATE_DIR``."""

    root: Path

    @property
    def secret_key_file(self) -> Path:
        """Django's secret key of a local installation."""
        return self.root / "secret-key"

    @property
    def database_url_file(self) -> Path:
        """Address of the embedded database, written by ``up`` when it has started it."""
        return self.root / "database-url"

    def secret_key(self) -> str | None:
        """The stored secret key, or None before the first ``up``."""
        try:
            return self.secret_key_file.read_text().strip() or None
        except OSError:
            return None

    def create_secret_key(self) -> str:
        """Make the key once, readable by the owner only; answer the stored one."""
        self.root.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(self.secret_key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self.secret_key_file.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        return self.secret_key_file.read_text().strip()

    def database_url(self) -> str | None:
        """Address of the embedded database, or None when it never started."""
        try:
            return self.database_url_file.read_text().strip() or None
        except OSError:
            return None


def current_state() -> State:
    """The state of this installation."""
    return State(Path(os.environ.get("PORTAL_STATE_DIR") or BASE_DIR / "var"))
