"""A database from before opt-outs were kept by number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from companies.partners.models import OptOut
from companies.partners.opt_out.models import Way
from tests.factories import EstablishmentFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("partners", "0005_opt_outs_and_merges")]


@pytest.fixture
def earlier_release() -> Iterator[None]:
    """The tables of the room as they were when a column said who had opted out."""
    call_command("flush", interactive=False, verbosity=0)
    MigrationExecutor(connection).migrate(BEFORE)
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    call_command("flush", interactive=False, verbosity=0)


def test_who_had_opted_out_stays_so_since_the_same_day(earlier_release: None) -> None:
    old = MigrationExecutor(connection).loader.project_state(BEFORE).apps
    partners = old.get_model("partners", "Partner").objects
    refusing, shown = EstablishmentFactory().pk, EstablishmentFactory().pk
    row = partners.create(establishment_id=refusing)
    partners.create(
        establishment_id=shown, consented_at=timezone.now(), consented_by_id=UserFactory().pk
    )
    since = timezone.now()
    partners.filter(pk=row.pk).update(has_opted_out=True)
    partners.filter(pk=row.pk).update(description="Later nog gewijzigd")
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("partners"))
    found = OptOut.objects.get()
    assert (found.number, found.way, found.opted_out_by) == (refusing, Way.EARLIER, None)
    assert 0 <= (found.opted_out_at - since).total_seconds() < 5

    MigrationExecutor(connection).migrate(BEFORE)
    assert set(partners.filter(has_opted_out=True).values_list("pk", flat=True)) == {row.pk}
