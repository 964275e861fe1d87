"""Which texts a company and its members accept, by version.

The text of a version stands in ``templates/profiles/<text>/<version>.html`` and never
changes once people accepted it (a test holds its fingerprint); a change is a new
version, put first in its list. Members are then asked to accept it.
"""

from __future__ import annotations

TERMS_VERSIONS = ("2026-11",)
PRIVACY_VERSIONS = ("2026-11",)
TERMS_VERSION = TERMS_VERSIONS[0]
PRIVACY_VERSION = PRIVACY_VERSIONS[0]
