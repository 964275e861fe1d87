"""Which terms somebody accepts who acts for a partner, by version.

The text of a version stands in ``templates/partners/terms/<version>.html`` and never
changes once somebody accepted it (a test holds its fingerprint); a change is a new
version, put first.
"""

from __future__ import annotations

PARTNER_TERMS_VERSIONS = ("2026-11",)
PARTNER_TERMS_VERSION = PARTNER_TERMS_VERSIONS[0]
