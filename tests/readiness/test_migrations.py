"""A database of the first release: its questionnaire is recognised and the next one published."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from assessments.readiness.content.reading import SHIPPED_EDITION
from assessments.readiness.models import Questionnaire
from assessments.readiness.services.questionnaires import load_questionnaire
from portal.common.versioned import VersionStatus

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = [("readiness", "0001_initial")]
LAST = [("readiness", "0003_edition_of_the_shipped_version")]


@pytest.fixture
def first_release() -> Iterator[None]:
    """The tables of the room as the first release had them, without rows."""
    call_command("flush", interactive=False, verbosity=0)
    MigrationExecutor(connection).migrate(FIRST)
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    call_command("flush", interactive=False, verbosity=0)


def test_the_first_version_becomes_edition_one(first_release: None) -> None:
    old = MigrationExecutor(connection).loader.project_state(FIRST).apps
    old.get_model("readiness", "Questionnaire").objects.create(
        version=1, status="published", published_at=timezone.now()
    )
    MigrationExecutor(connection).migrate(LAST)
    assert Questionnaire.objects.get().edition == 1
    load_questionnaire()
    stored = {row.edition: row.status for row in Questionnaire.objects.all()}
    assert stored == {1: VersionStatus.RETIRED, SHIPPED_EDITION: VersionStatus.PUBLISHED}


def test_a_version_of_administrators_stays_published(first_release: None, admin_user) -> None:
    MigrationExecutor(connection).migrate(LAST)
    own = Questionnaire.objects.create(version=1)
    Questionnaire.objects.filter(pk=own.pk).update(
        status=VersionStatus.PUBLISHED, published_at=timezone.now(), published_by=admin_user
    )
    load_questionnaire()
    stored = {row.edition: row.status for row in Questionnaire.objects.all()}
    assert stored == {None: VersionStatus.PUBLISHED, SHIPPED_EDITION: VersionStatus.DRAFT}
