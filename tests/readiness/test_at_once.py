"""Two people save at the same moment, each in a transaction of their own: nothing is lost."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection

from assessments.readiness.domain.answers import Entry, Response, fingerprint
from assessments.readiness.domain.parts import SupportNeed, TeamShare
from assessments.readiness.models import Scan, Statement
from assessments.readiness.selectors import entries, support_needs
from assessments.readiness.services import (
    Change,
    NeedChange,
    NeedsSaved,
    Saved,
    save_answers,
    save_needs,
    start_scan,
)
from portal.accounts.models import User
from tests.factories import CompanyFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scan() -> Scan:
    return start_scan(company=CompanyFactory(), user=UserFactory())


def test_each_statement_has_one_winner_and_the_other_is_told(scan: Scan) -> None:
    """Both answer all five statements of their own part and the same three others."""
    own = [list(Statement.objects.filter(transition__slug=slug)) for slug in ("eco", "human")]
    shared = list(Statement.objects.filter(transition__slug="smart")[:3])
    people: list[User] = [UserFactory(), UserFactory()]
    barrier = Barrier(2)
    outcomes: dict[int, Saved] = {}

    def save(number: int) -> None:
        typed = Entry(Response.from_code(str(number + 2)), f"van {number}")
        changes = {
            statement.pk: Change(seen=fingerprint(None), typed=typed)
            for statement in (*own[number], *shared)
        }
        try:
            barrier.wait(timeout=10)
            outcomes[number] = save_answers(scan_id=scan.pk, user=people[number], changes=changes)
        finally:
            connection.close()

    threads = [Thread(target=save, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    stored = entries(scan.pk)
    assert len(stored) == 13
    for number in range(2):
        told = set(outcomes[number].conflicts)
        assert set(outcomes[number].written) | told == {
            statement.pk for statement in (*own[number], *shared)
        }
        for pk in outcomes[number].written:
            assert stored[pk].note == f"van {number}"
    # The lock of the scan decides: one has all three, the other is told about all three.
    told_about = sorted(len(saved.conflicts) for saved in outcomes.values())
    assert told_about == [0, 3]


def test_support_needs_have_one_winner_too(scan: Scan) -> None:
    barrier = Barrier(2)
    outcomes: list[NeedsSaved] = []

    def save(own: SupportNeed, share: TeamShare) -> None:
        changes = {
            need: NeedChange(seen="", typed=share) for need in (own, SupportNeed.PSYCHOSOCIAL)
        }
        try:
            barrier.wait(timeout=10)
            outcomes.append(save_needs(scan_id=scan.pk, changes=changes))
        finally:
            connection.close()

    given = [(SupportNeed.MOTOR, TeamShare.SOME), (SupportNeed.SENSORY, TeamShare.MOST)]
    threads = [Thread(target=save, args=one) for one in given]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    stored = support_needs(scan)
    assert (stored[SupportNeed.MOTOR], stored[SupportNeed.SENSORY]) == ("some", "most")
    assert stored[SupportNeed.PSYCHOSOCIAL] in {"some", "most"}
    assert sorted(len(saved.conflicts) for saved in outcomes) == [0, 1]
