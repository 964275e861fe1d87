"""Production settings demand their secrets, and Django finds nothing to complain about."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.runtime.running import BASE, clean_environment

PRODUCTION = {
    "PORTAL_MODE": "production",
    "SECRET_KEY": "q8Zr-vK3nT_x5LmW9cYb2HdJf7GpAs4EuRi6OtNqXwVzBk1CyD",
    "ALLOWED_HOSTS": "portal.example",
    "CSRF_TRUSTED_ORIGINS": "https://portal.example",
    "DATABASE_URL": "postgresql://portal@db.example/portal",
    "CELERY_BROKER_URL": "amqp://portal@queue.example//",
}


def check(state: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "INFO"],
        cwd=BASE,
        env=clean_environment(state, **environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_check_deploy_is_clean(tmp_path: Path) -> None:
    answer = check(tmp_path, **PRODUCTION)
    assert answer.returncode == 0, answer.stderr
    assert "no issues (0 silenced)" in answer.stdout


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_production_fails_loudly_without(tmp_path: Path, missing: str) -> None:
    answer = check(tmp_path, **{k: v for k, v in PRODUCTION.items() if k != missing})
    assert answer.returncode == 1
    assert answer.stderr.strip() == f"Configuration: {missing} must be set in production"


def test_production_is_not_debugged(tmp_path: Path) -> None:
    answer = check(tmp_path, **PRODUCTION, PORTAL_DEBUG="yes")
    assert answer.returncode == 1
    assert "cannot be on in production" in answer.stderr
