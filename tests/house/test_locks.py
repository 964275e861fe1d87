"""The locked requirements: what the two commands of the README install."""

from __future__ import annotations

import re

import pytest

from tests.house.test_tooling import ROOT

ASKED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[(?P<extras>[^\]]+)\])?")


def asked_in(name: str) -> list[tuple[str, frozenset[str]]]:
    """Packages and extras that a hand-written file asks for."""
    lines = (ROOT / name).read_text().splitlines()
    found = (ASKED.match(line) for line in lines if line and line[0] not in "#-")
    return [parts(match) for match in found if match]


def parts(match: re.Match[str]) -> tuple[str, frozenset[str]]:
    """Name as an index spells it, and the extras."""
    name = re.sub(r"[-_.]+", "-", match["name"]).lower()
    return name, frozenset(extra.strip() for extra in (match["extras"] or "").split(",") if extra)


def pinned_in(name: str) -> dict[str, frozenset[str]]:
    """Packages of a lock with the extras that stand in their pin."""
    lines = (ROOT / name).read_text().splitlines()
    pins = (ASKED.match(line) for line in lines if "==" in line and line[0].isalpha())
    return dict(parts(match) for match in pins if match)


@pytest.mark.parametrize(
    ("asked", "lock"),
    [
        ("requirements.in", "requirements.txt"),
        ("requirements.in", "requirements-dev.txt"),
        ("requirements-dev.in", "requirements-dev.txt"),
    ],
)
def test_lock_pins_each_package_with_its_extras(asked: str, lock: str) -> None:
    """Without the extra in the pin, pip refuses the hashes as soon as a newer release appears."""
    pinned = pinned_in(lock)
    missing = [
        (name, extras)
        for name, extras in asked_in(asked)
        if name not in pinned or not extras <= pinned[name]
    ]
    assert missing == []
    assert len(pinned) > len(asked_in(asked))
