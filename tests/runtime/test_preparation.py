"""What the database needs, and what is said when it cannot be had."""

from __future__ import annotations

import json
import os
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError

from portal.common.run_rows import RunStatus
from portal.runtime import preparation
from portal.runtime.models import SetupStep
from portal.runtime.preparation import Events, Wishes


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Commands of other rooms, noted instead of run."""
    called: list[str] = []

    def note(name: str, *arguments: str, **_: Any) -> None:
        called.append(" ".join((name, *arguments)))

    monkeypatch.setattr(preparation, "call_command", note)
    return called


def prepare(*, demo: bool) -> list[dict[str, Any]]:
    reader, writer = os.pipe()
    try:
        preparation.prepare(Wishes(demo=demo), Events(writer), say=lambda _: None)
    finally:
        os.close(writer)
    with os.fdopen(reader) as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.django_db
def test_the_demo_is_loaded_and_matched_the_first_time_only(commands: list[str]) -> None:
    events = prepare(demo=True)
    assert commands == [
        "createcachetable",
        "load_reference",
        "load_demo",
        "match --queue",
        "demo_logins",
    ]
    assert [event["step"] for event in events if event["event"] == "done"] == [
        preparation.TABLES,
        preparation.REFERENCE,
        preparation.DEMO,
        preparation.QUEUE,
    ]
    commands.clear()
    apps.get_model("matching", "MatchRun")._default_manager.create()
    prepare(demo=True)
    assert commands == ["createcachetable", "load_reference", "demo_logins"]
    assert str(SetupStep.objects.get()) == "demo"


@pytest.mark.django_db
def test_without_demo_nothing_is_made_up(commands: list[str]) -> None:
    prepare(demo=False)
    assert commands == ["createcachetable", "load_reference"]


@pytest.mark.django_db
def test_a_finished_run_is_enough_and_a_failed_one_is_not() -> None:
    runs = apps.get_model("matching", "MatchRun")._default_manager
    assert preparation.full_run_to_watch() is None
    failed = runs.create()
    runs.filter(pk=failed.pk).update(status=RunStatus.FAILED)
    assert preparation.full_run_to_watch() is None
    waiting = runs.create()
    assert preparation.full_run_to_watch() == waiting
    runs.filter(pk=failed.pk).update(status=RunStatus.FINISHED)
    assert preparation.full_run_to_watch() == failed


@pytest.mark.django_db
def test_a_migrated_database_has_nothing_to_apply() -> None:
    assert preparation.unapplied() == []


def wrapped(cause: Exception) -> Exception:
    """As Django wraps what psycopg raises."""
    kind = OperationalError if isinstance(cause, psycopg.OperationalError) else ProgrammingError
    error = kind(str(cause))
    error.__cause__ = cause
    return error


def test_words_for_failures() -> None:
    full = preparation.explain(wrapped(psycopg.errors.DiskFull("could not extend file")))
    assert full == ("The disk of the database is full.", False)
    denied = preparation.explain(
        wrapped(psycopg.errors.InsufficientPrivilege("permission denied for schema public"))
    )
    assert denied == (
        "The database account lacks a privilege: permission denied for schema public.",
        False,
    )
    lost, passing = preparation.explain(wrapped(psycopg.OperationalError("server closed")))
    assert passing
    assert "connection to the database was lost" in lost
    assert preparation.explain(ValueError("odd\nmore")) == ("ValueError: odd", False)
    assert preparation.explain(OSError(28, "No space left on device"))[0].endswith("disk is full.")


@pytest.mark.django_db
def test_the_command_alone_fails_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("odd")

    monkeypatch.setattr(preparation, "migrate", broken)
    with pytest.raises(CommandError, match="ValueError: odd"):
        call_command("prepare")
