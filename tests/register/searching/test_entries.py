"""What the search reads follows the register, also through imports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from companies.register import services
from companies.register.models import RegisterImport, SearchEntry
from portal.common.run_rows import RunStatus
from tests.factories import EnterpriseFactory, EstablishmentActivityFactory, EstablishmentFactory
from tests.register.extracts import digits, enterprise, place
from tests.register.updates import write_full, write_update

pytestmark = pytest.mark.django_db
CHOCOLATE, MACHINING = '"001","2025","10820","MAIN"', '"001","2025","25530","MAIN"'
ANTWERP = '"BAET",,,"2000","Antwerpen","Anvers","Kerkstraat","Kerkstraat","1",,,'
LIEGE = '"BAET",,,"4000","Luik","Liège","Nieuwstraat","Rue Neuve","1",,,'


def company(index: int, name: str, **rows: tuple[str, ...]) -> dict[str, Any]:
    """A legal person with one place that has no name of its own."""
    own = {
        "enterprise": ('"AC","000","2","610",,01-02-2003',),
        "denomination": (f'"2","001","{name}"',),
        "activity": (CHOCOLATE,),
    }
    shop = {
        "establishment": (f'04-05-2006,"{enterprise(index)}"',),
        "address": rows.pop("address", (ANTWERP,)),
        "activity": rows.pop("activity", ()),
    }
    return {enterprise(index): own | rows, place(index): shop}


def do_import(path: Path, *, is_dry_run: bool = False) -> None:
    row = services.request_import(source=str(path), is_dry_run=is_dry_run)
    assert services.run_import(pk=row.pk)
    row = RegisterImport.objects.get(pk=row.pk)
    assert row.status == RunStatus.FINISHED, row.error


def words(index: int = 1) -> str:
    """The words of a place as the database prints them."""
    return str(SearchEntry.objects.get(pk=digits(place(index))).words)


def test_words_carry_where_they_come_from() -> None:
    mother = EnterpriseFactory(name="Moeder N.V.", trade_name="Dé Winkel")
    found = EstablishmentFactory(
        enterprise=mother, name="D'Hondt & Co", postcode="4000", municipality="LIÈGE",
        province="luik",
    )  # fmt: skip
    EstablishmentActivityFactory(establishment=found, code="10820")
    services.refresh_search()
    listed = SearchEntry.objects.get().words.split()
    bare = {word.split(":")[0] for word in listed if not word.startswith("'#")}
    assert bare == {
        "'d'", "'hondt'", "'dhondt'", "'co'", "'moeder'", "'n'", "'v'", "'nv'", "'de'",
        "'winkel'", "'liege'", "'4000'", "'~luik'", "'@enclave'", "'@eigen_producten'",
        "'@reshoring'", "'@samenwerking'",
    }  # fmt: skip
    assert "'#2025:10820'" in listed
    weights = {word.split(":")[0]: word[-1] for word in listed if word[-1] in "ABCD"}
    assert (weights["'hondt'"], weights["'moeder'"], weights["'winkel'"]) == ("A", "B", "B")
    assert "'liege'" not in weights  # D is what PostgreSQL does not print


def test_an_import_brings_the_search_along_and_a_trial_does_not(tmp_path: Path) -> None:
    state = company(1, "Choco Eén") | company(2, "Choco Twee")
    do_import(write_full(state, tmp_path / "trial"), is_dry_run=True)
    assert not SearchEntry.objects.exists()
    do_import(write_full(state, tmp_path / "full"))
    assert SearchEntry.objects.count() == 2
    assert "'een':" in words()
    assert services.refresh_search() == 0


def test_an_update_brings_along_what_it_touches(tmp_path: Path) -> None:
    before = (
        company(1, "Choco Een")
        | company(2, "Choco Twee")
        | company(3, "Choco Drie")
        | company(4, "Choco Vier")
    )
    do_import(write_full(before, tmp_path / "full"))
    after = (
        company(1, "Praline Een")
        | company(2, "Choco Twee", address=(LIEGE,))
        | company(3, "Choco Drie", activity=(MACHINING,))
        | company(5, "Choco Vijf")
    )
    do_import(write_update(before, after, tmp_path / "update"))
    assert "'praline'" in words(1)
    assert "'choco'" not in words(1)
    assert "'~luik'" in words(2)
    assert "'#2025:25530'" in words(3)
    assert "'vijf'" in words(5)
    assert SearchEntry.objects.count() == 4
    assert services.refresh_search() == 0
