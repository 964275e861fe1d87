"""Short names of the legal forms that maatwerk companies have (KBO code list)."""

from __future__ import annotations

LEGAL_FORMS: dict[str, str] = {
    "008": "cvba",
    "014": "nv",
    "015": "bvba",
    "017": "vzw",
    "026": "private stichting",
    "029": "stichting van openbaar nut",
    "610": "bv",
    "706": "cv",
}
