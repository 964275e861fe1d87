"""A database of the first release: its rule set is recognised and its outcomes made again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from assessments.opportunities import services
from assessments.opportunities.models import Assessment, RuleSet
from portal.common.versioned import VersionStatus
from tests.factories import CompanyFactory

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = [("opportunities", "0001_initial")]
LAST = [("opportunities", "0003_overrides_seen_and_reference_texts")]


@pytest.fixture
def first_release() -> Iterator[None]:
    """The tables of the room as the first release had them, without rows."""
    call_command("flush", interactive=False, verbosity=0)
    MigrationExecutor(connection).migrate(FIRST)
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    call_command("flush", interactive=False, verbosity=0)


def test_the_first_version_becomes_edition_one_and_companies_are_behind(first_release) -> None:
    old = MigrationExecutor(connection).loader.project_state(FIRST).apps
    rule_set = old.get_model("opportunities", "RuleSet").objects.create(
        version=1, status="published", published_at=timezone.now()
    )
    now = timezone.now()
    old.get_model("opportunities", "Assessment").objects.create(
        company_id=CompanyFactory().pk,
        opportunity="fvdt",
        rule_set=rule_set,
        facts_version=1,
        verdict="onvolledig",
        lowest_verdict="laag",
        explanation={},
        assessed_at=now,
        confirmed_at=now,
    )
    MigrationExecutor(connection).migrate(LAST)
    assert RuleSet.objects.get().edition == 1
    assert Assessment.objects.get().facts_version == 0
    services.load_reference()
    stored = {row.edition: row.status for row in RuleSet.objects.all()}
    assert stored == {1: VersionStatus.RETIRED, 2: VersionStatus.PUBLISHED}
