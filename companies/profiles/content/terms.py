"""Which terms a company accepts when it signs up.

The text of a version stands in ``templates/profiles/terms/<version>.html`` and never
changes once companies accepted it; a change is a new version.
"""

from __future__ import annotations

TERMS_VERSION = "2026-11"
