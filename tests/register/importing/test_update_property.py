"""Any register, any change: an update gives what a full extract of the new state would.

Except for what the update says it cannot complete, and nothing else.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from companies.register import services
from companies.register.importing import apply
from companies.register.models import (
    ContactChannel,
    Enterprise,
    EnterpriseActivity,
    Establishment,
    EstablishmentActivity,
    IncompleteReason,
    KnownNumber,
    RegisterImport,
)
from portal.common.run_rows import RunStatus
from tests.register.extracts import digits, enterprise, place
from tests.register.updates import State, write_full, write_update

ENTERPRISES, PLACES = range(1, 5), range(1, 6)
# Watched and not, in each version; the same digits differ.
LISTED = (
    ("2025", "10820"), ("2025", "86210"), ("2025", "38320"), ("2008", "38320"), ("2008", "86210"),
    ("2008", "10820"), ("2003", "86210"),
)  # fmt: skip
TOWNS = (
    '"BAET",,,"2000","Antwerpen","Anvers","Kerkstraat","Rue",1,,,',
    '"BAET",,,"4000","Luik","Liège","Nieuwstraat","Rue Neuve",2,"3",,',
    '"BAET",,,"9999","Elders","Ailleurs","A","B",,,,',
)
SEATS = (
    '"REGO",,,"1000","Brussel","Bruxelles","Wet","Loi",1,,,',
    '"REGO","Ierland",,,"D",,"S",,,,,',
)
STRUCK_OFF = '"BAET",,,"9000","Gent","Gand","Veldstraat","",9,,,30-06-2024'

activities = st.lists(
    st.tuples(st.sampled_from(LISTED), st.sampled_from(["MAIN", "SECO"])), max_size=3
).map(lambda rows: tuple(f'"001","{version}","{code}","{kind}"' for (version, code), kind in rows))
contacts = st.sampled_from(
    [(), ('"ENT","TEL","02 1"',), ('"ENT","EMAIL","a@b.example"', '"ENT","FAX","1"')]
)
names = st.lists(
    st.tuples(
        st.sampled_from(["2", "1", "0"]),
        st.sampled_from(["001", "003", "002"]),
        st.sampled_from(["Élan", "Koek", "Bij An"]),
    ),
    max_size=2,
).map(lambda rows: tuple(f'"{language}","{type_}","{text}"' for language, type_, text in rows))


@st.composite
def enterprise_rows(draw: st.DrawFn, index: int) -> dict[str, tuple[str, ...]]:
    natural = index % 2 == 0
    situation = draw(st.sampled_from(["000", "050"]))
    form = '"1","",' if natural else '"2","610",'
    return {
        "enterprise": (f'"AC","{situation}",{form},01-02-2003',),
        "denomination": draw(names),
        "address": () if natural else draw(st.lists(st.sampled_from(SEATS), max_size=1).map(tuple)),
        "activity": draw(activities),
        "contact": draw(contacts),
    }


@st.composite
def place_rows(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    parent = draw(st.sampled_from(ENTERPRISES))
    started = draw(st.sampled_from(["", "04-05-2006"]))
    where = st.lists(st.sampled_from([*TOWNS, *TOWNS, STRUCK_OFF]), max_size=2).map(tuple)
    return {
        "establishment": (f'{started},"{enterprise(parent)}"',),
        "denomination": draw(names),
        "address": draw(where),
        "activity": draw(activities),
        "contact": draw(contacts),
    }


@st.composite
def changes(draw: st.DrawFn) -> tuple[State, State]:
    """A register without orphans, and what becomes of it."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    drawn = [(enterprise(index), enterprise_rows(index)) for index in ENTERPRISES]
    drawn += [(place(index), place_rows()) for index in PLACES]
    for number, rows in drawn:
        fate = draw(st.sampled_from(["stays", "changes", "changes", "is new", "goes", "is none"]))
        was, becomes = draw(rows), draw(rows)
        if fate in ("stays", "changes", "goes"):
            before[number] = was
        if fate in ("stays", "is new"):
            after[number] = was
        elif fate == "changes":
            files = draw(st.sets(st.sampled_from(sorted(was)), min_size=1))
            after[number] = was | {file: becomes[file] for file in files}
    for number, rows in list(before.items()):
        if "establishment" in rows and _parent(rows) not in before:
            del before[number]
    return before, after


def _parent(rows: Any) -> str:
    return str(rows["establishment"][0].split('"')[1])


def imported(path: Path) -> RegisterImport:
    row = services.request_import(source=str(path))
    assert services.run_import(pk=row.pk)
    row.refresh_from_db()
    assert row.status == RunStatus.FINISHED, row.error
    return row


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def register() -> dict[tuple[str, str], Any]:
    """(kind, number) -> everything that the register has of an active one; False if inactive."""
    found: dict[tuple[str, str], Any] = {}
    for kind, model in (("enterprise", Enterprise), ("place", Establishment)):
        for row in model.objects.order_by("pk").values():
            found[kind, row["number"]] = [row] if row["is_active"] else False
    for model, kind, owner in (
        (EstablishmentActivity, "place", "establishment_id"),
        (EnterpriseActivity, "enterprise", "enterprise_id"),
        (ContactChannel, "place", "establishment_id"),
        (ContactChannel, "enterprise", "enterprise_id"),
    ):
        rows = [row for row in model.objects.values() if row[owner]]
        for row in sorted(rows, key=lambda row: str([row[key] for key in row if key != "id"])):
            if of := found[kind, row[owner]]:
                of.append({key: value for key, value in row.items() if key != "id"})
    return found


def excused(named: set[str], *states: State) -> set[str]:
    """What is named, the places of named enterprises and the enterprises of named places."""
    found = set(named)
    for state in states:
        for number, rows in state.items():
            if "establishment" in rows:
                parent = digits(_parent(rows))
                if parent in named:
                    found.add(digits(number))
                if digits(number) in named:
                    found.add(parent)
    return found


@pytest.mark.django_db
@settings(
    max_examples=60,
    deadline=None,
    # Each attempt takes four imports: a failure is shown as it is found.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    states=changes(),
    known=st.sets(st.sampled_from(ENTERPRISES), max_size=1),
    noise=st.randoms(use_true_random=False),
)
def test_an_update_gives_what_a_full_extract_would(
    states: tuple[State, State], known: set[int], noise: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = states
    named: dict[str, IncompleteReason] = {}
    real = apply.incomplete.incomplete
    with (
        tempfile.TemporaryDirectory() as folder,
        monkeypatch.context() as patch,
        undone(),
    ):
        path = Path(folder)
        patch.setattr(
            apply.incomplete,
            "incomplete",
            lambda *args: (named.update(real(*args)), real(*args))[1],
        )
        KnownNumber.objects.bulk_create(KnownNumber(number=digits(enterprise(i))) for i in known)
        imported(write_full(before, path / "before"))
        with undone():
            imported(write_full(after, path / "after", 151))
            wanted = register()
        update = write_update(
            before,
            after,
            path / "update",
            touches=lambda _number, _file: noise.random() < 0.2,
            lists_new=lambda _number: noise.random() < 0.1,
        )
        imported(update)
        found = register()
    excuse = excused(set(named), before, after)
    differing = {key for key in wanted.keys() | found.keys() if wanted.get(key) != found.get(key)}
    unexcused = {key for key in differing if key[1] not in excuse}
    assert {key: found.get(key) for key in unexcused} == {key: wanted.get(key) for key in unexcused}
