"""Reading what browsers report about the content security policy."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

MAXIMUM_BYTES = 16 * 1024
MAXIMUM_REPORTS = 10  # browsers batch; more than this in one body is no browser
MAXIMUM_TEXT = 300


@dataclass(frozen=True)
class Report:
    """What was stopped, and on which page. Addresses carry no query: it may hold names."""

    page: str
    directive: str
    blocked: str
    source: str
    line: int

    @property
    def key(self) -> str:
        """Equal reports have the same key: 32 hexadecimal digits."""
        parts = (self.page, self.directive, self.blocked, self.source, str(self.line))
        text = "\x1f".join(parts).encode(errors="replace")
        return hashlib.blake2s(text, digest_size=16).hexdigest()


def read_reports(body: bytes) -> list[Report]:
    """The reports in a body, in the old form or that of the Reporting API; [] if it is neither."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return []
    if isinstance(data, dict) and isinstance(data.get("csp-report"), dict):
        return [_read(data["csp-report"], old=True)]
    if isinstance(data, list):
        bodies = [
            one["body"]
            for one in data[:MAXIMUM_REPORTS]
            if isinstance(one, dict)
            and one.get("type") == "csp-violation"
            and isinstance(one.get("body"), dict)
        ]
        return [_read(one, old=False) for one in bodies]
    return []


def _read(body: dict[str, Any], *, old: bool) -> Report:
    directive = body.get("effective-directive") or body.get("violated-directive")
    line = body.get("line-number" if old else "lineNumber")
    return Report(
        page=_address(body.get("document-uri" if old else "documentURL")),
        directive=_text(directive if old else body.get("effectiveDirective")),
        blocked=_address(body.get("blocked-uri" if old else "blockedURL")),
        source=_address(body.get("source-file" if old else "sourceFile")),
        line=line if isinstance(line, int) and 0 <= line < 10**9 else 0,
    )


def _text(value: object) -> str:
    """Text that PostgreSQL can store: no NUL, no half of a character pair."""
    text = str(value or "").replace("\x00", "").encode(errors="replace").decode()
    return text[:MAXIMUM_TEXT]


def _address(value: object) -> str:
    """Scheme, host and path only; words such as "inline" stay as they are."""
    text = _text(value)
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    if not parts.netloc:
        return parts.scheme or parts.path
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
