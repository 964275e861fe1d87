"""Telephone numbers, e-mail addresses and websites, as an enterprise wrote them."""

from __future__ import annotations

import re

_NOT_DIALLED = re.compile(r"[\s./()\-]+")
_TELEPHONE = re.compile(r"\+?[0-9]{6,15}")
_EMAIL = re.compile(r"[^\s@,;:<>()\"\\?&%]+@[^\s@,;:<>()\"\\?&%/]+\.[^\s@,;:<>()\"\\?&%/.]+")
_SITE = re.compile(
    r"(?:https?://)?([^\s/:@<>\"\\?#]+\.[^\s/:@<>\"\\?#]{2,}(?:[/?#][^\s<>\"\\]*)?)", re.IGNORECASE
)


def channel_link(kind: str, value: str) -> str:
    """``tel:``, ``mailto:`` or ``http(s)://`` for a TEL, EMAIL or WEB value; or nothing.

    Nobody checked what stands in the register, so a value that is no plain number, address
    or site makes no link, and no value ever makes one of another scheme.
    """
    text = value.strip()
    if kind == "TEL":
        dialled = _NOT_DIALLED.sub("", text)
        return f"tel:{dialled}" if _TELEPHONE.fullmatch(dialled) else ""
    if kind == "EMAIL":
        return f"mailto:{text}" if _EMAIL.fullmatch(text) else ""
    if kind == "WEB" and (found := _SITE.fullmatch(text)):
        scheme = "http" if text.lower().startswith("http://") else "https"
        return f"{scheme}://{found.group(1)}"
    return ""
