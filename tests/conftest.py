"""What every test may use."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template import Engine, Template
from hypothesis import settings as hypothesis_settings

from tests.access.world import World, build_world

# A busy machine is no failure: no deadline per example.
hypothesis_settings.register_profile("portal", deadline=None, print_blob=True)
hypothesis_settings.load_profile("portal")

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


# Rules, triggers, imports and writes: what could differ between versions of PostgreSQL.
ABOUT_THE_DATABASE = {"test_models", "test_services", "test_constraints", "test_import"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that run once more against a PostgreSQL from outside."""
    for item in items:
        if item.path.stem in ABOUT_THE_DATABASE and item.get_closest_marker("django_db"):
            item.add_marker("database")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database with reference data, once for the whole session.

    Without a test that is marked ``django_db`` there is no test database, and the
    connection leads to the real one: then nothing is loaded.
    """
    from django.core.management import call_command

    if not in_test_database():
        return
    with django_db_blocker.unblock():
        call_command("load_reference", verbosity=0)


def in_test_database() -> bool:
    """The connection leads to a test database: before and after, it leads to the real one."""
    from django.db import connection

    return str(connection.settings_dict["NAME"]).startswith("test_")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Tests with their own transactions end by emptying every table: fill them again."""
    result = yield
    marker = item.get_closest_marker("django_db")
    own = marker is not None and marker.kwargs.get("transaction", False)
    names = getattr(item, "fixturenames", ())
    transactional = own or "transactional_db" in names or "live_server" in names
    # The teardown of the very last test also removes the test database.
    if transactional and in_test_database():
        from django.core.cache import cache
        from django.core.management import call_command
        from pytest_django.plugin import blocking_manager_key

        with item.config.stash[blocking_manager_key].unblock():
            cache.clear()  # rate limits: their table belongs to no model
            call_command("load_reference", verbosity=0)
    return result


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Argon2 is slow on purpose; tests that are about it set their own hasher."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class UndefinedVariable(str):
    """Stands for a template variable that does not exist: fails in a template of ours.

    Templates of libraries (and our overrides of them, which share their context) may
    use undefined variables; there the variable is empty, as Django has it.
    """

    __slots__ = ()
    LIBRARIES = (
        "admin",
        "account",
        "allauth",
        "mfa",
        "socialaccount",
        "registration",
        "django_celery_beat",
        "django_celery_results",
        "pghistory",
        "import_export",
    )

    def __contains__(self, text: object) -> bool:
        return text == "%s"

    def __mod__(self, variable: object) -> str:
        origin = self._origin()
        if origin and TEMPLATES in origin.parents:
            room = origin.relative_to(TEMPLATES).parts[0]
            if room not in self.LIBRARIES:
                pytest.fail(f"undefined template variable {variable} in {origin}", pytrace=False)
        return ""

    @staticmethod
    def _origin() -> Path | None:
        """The template whose node asks, found among the callers."""
        frame = sys._getframe(2)
        while frame is not None:
            node = frame.f_locals.get("self")
            origin = getattr(node, "origin", None)
            if origin is not None and not isinstance(node, Template):
                return Path(str(origin.name))
            frame = frame.f_back
        return None


@pytest.fixture(autouse=True, scope="session")
def _undefined_variables_fail() -> Iterator[None]:
    """Every test that renders a page checks its variables."""
    engine = Engine.get_default()
    before = engine.string_if_invalid
    engine.string_if_invalid = UndefinedVariable("undefined")
    yield
    engine.string_if_invalid = before


@pytest.fixture
def world(db: None) -> World:
    """This company, another one, partners and every persona."""
    return build_world()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Any]:
    """The portal with demo data and a web server; skipped where no browser can look at it."""
    from tests.browser.harness import chromium
    from tests.browser.site import demo_site

    chromium()
    with demo_site(tmp_path_factory.mktemp("site-state")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium a module: Playwright's event loop must not outlive it in this process."""
    from tests.browser.harness import launched

    with launched() as started:
        yield started
