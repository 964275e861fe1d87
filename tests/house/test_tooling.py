"""The house rules that tools can check: style, types, templates, import directions."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
PACKAGES = ("portal", "companies", "assessments")


def run(*command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """One tool of the environment that runs the tests."""
    return subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=cwd, capture_output=True, text=True, check=False
    )


def assert_clean(result: subprocess.CompletedProcess[str]) -> None:
    assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]


def test_ruff_finds_nothing() -> None:
    assert_clean(run("ruff", "check", "."))


def test_ruff_would_format_nothing() -> None:
    assert_clean(run("ruff", "format", "--check", "."))


def test_types_hold_strictly() -> None:
    assert_clean(run("mypy", *PACKAGES))


def test_templates_are_tidy() -> None:
    assert_clean(run("djlint", "templates", "--check", "--lint", "--quiet"))


def test_imports_go_one_way() -> None:
    assert_clean(run("lint-imports", "--no-cache"))


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    """The three packages in another place, to plant a breach in."""
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package,
            tmp_path / package,
            ignore=shutil.ignore_patterns("__pycache__", "locale"),
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        (
            "companies/register/selectors.py",
            "import assessments.dashboards.views",
            "Floors: an import may only go down",
        ),
        ("companies/register/models.py", "import companies.register.views", "Layers inside a room"),
        (
            "assessments/matching/domain/planted.py",
            "from django.db import models",
            "Domain code is pure",
        ),
    ],
)
def test_a_planted_breach_is_found(
    copy_of_the_house: Path, module: str, line: str, contract: str
) -> None:
    with (copy_of_the_house / module).open("a") as file:
        file.write(f"\n{line}\n")
    result = run("lint-imports", "--no-cache", cwd=copy_of_the_house)
    assert result.returncode != 0
    broken = [text for text in result.stdout.splitlines() if text.endswith("BROKEN")]
    assert any(contract in text for text in broken), result.stdout[-3000:]
