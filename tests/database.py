"""Pytest plugin: a PostgreSQL to test on, started before Django reads its settings.

``DATABASE_URL`` names one from outside; otherwise an embedded one starts in a
temporary folder and ends with the test run.
"""

from __future__ import annotations

import os

os.environ.setdefault("SECRET_KEY", "tests-only")
