"""A trial run tells what an import would do, and does nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from companies.register.importing import differences, errors
from companies.register.models import Establishment, NaceCode, RegisterDifference, RegisterImport
from companies.register.selectors import current_import
from portal.common.run_rows import RunStatus
from tests.register.extracts import digits, enterprise, place
from tests.register.importing.test_update import (
    ADDRESS,
    GENT,
    WATCHED,
    company,
    full,
    positions,
    run,
    shop,
)
from tests.register.updates import write_full, write_update

pytestmark = pytest.mark.django_db
BEFORE = company(1) | shop(1, 1) | company(2) | shop(2, 2)
AFTER = company(1) | shop(1, 1, address=(GENT,)) | company(3) | shop(3, 3)


@pytest.mark.parametrize("kind", ["full", "update"])
def test_a_trial_run_tells_all_and_changes_nothing(tmp_path: Path, kind: str) -> None:
    full(BEFORE, tmp_path)
    path = tmp_path / "next"
    if kind == "full":
        write_full(AFTER, path, 151)
    else:
        write_update(BEFORE, AFTER, path)
    before, labels = positions(), NaceCode.objects.count()
    row = run(path, is_dry_run=True)
    assert (row.status, row.is_dry_run, row.extract_number) == (RunStatus.FINISHED, True, 151)
    counts = ("new", "changed", "gone", "returned")
    assert [row.counts[f"establishments_{kind}"] for kind in counts] == [1, 1, 1, 0]
    assert {one.number: one.kind for one in row.differences.all()} == {
        digits(place(1)): "changed", digits(place(2)): "gone", digits(place(3)): "new",
    }  # fmt: skip
    assert positions() == before
    assert NaceCode.objects.count() == labels
    current = current_import()
    assert current is not None
    assert current.extract_number == 150
    assert run(path).counts == row.counts
    assert set(Establishment.objects.filter(is_active=True).values_list("pk", flat=True)) == {
        digits(place(1)), digits(place(3)),
    }  # fmt: skip


def test_a_trial_run_keeps_a_sample_and_counts_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full(BEFORE, tmp_path)
    monkeypatch.setattr(differences, "SAMPLE", 1)
    more = BEFORE | company(3) | shop(3, 3) | shop(4, 3) | shop(5, 3)
    row = run(write_full(more, tmp_path / "next", 151), is_dry_run=True)
    assert row.counts["establishments_new"] == 3
    assert [one.number for one in row.differences.all()] == [digits(place(3))]


def test_a_trial_run_that_is_refused_says_so(tmp_path: Path) -> None:
    row = run(write_update(BEFORE, AFTER, tmp_path / "next"), is_dry_run=True)
    assert row.status == RunStatus.FAILED
    assert "the register is empty" in row.error


def test_the_command_tries_and_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    full(BEFORE, tmp_path)
    unknown = AFTER | shop(4, 4, activity=(WATCHED,), address=(ADDRESS,))
    path = write_update(BEFORE, unknown, tmp_path / "next")
    call_command("import_kbo", path, "--dry-run")
    said = capsys.readouterr().out
    assert "Trial run: the register is as it was" in said
    assert "1 new, 1 changed, 1 gone, 0 came back" in said
    assert f"changed {place(1)} Choco 1; address" in said
    assert f"{place(4)}: rows" in said
    assert "1 entities wait for the next full extract" in said
    assert Establishment.objects.filter(is_active=True).count() == 2
    call_command("import_kbo", path)
    assert "Trial run" not in capsys.readouterr().out
    with pytest.raises(CommandError, match="it can only be followed by update 152"):
        call_command("import_kbo", path)


def test_too_many_rows_that_cannot_be_read_stop_an_update(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full(BEFORE, tmp_path)
    path = write_update(BEFORE, AFTER, tmp_path / "next")
    with (path / "activity_delete.csv").open("a") as stream:
        stream.write('"?"\n' * 4)
    before = positions()
    monkeypatch.setattr(errors.Rejects, "__init__", _with_ceiling(3))
    row = run(path)
    assert row.status == RunStatus.FAILED
    assert "More than 3 rows cannot be read; the first is activity_delete.csv, line" in row.error
    assert positions() == before


def _with_ceiling(ceiling: int):  # type: ignore[no-untyped-def]
    real = errors.Rejects.__init__

    def made(self: errors.Rejects) -> None:
        real(self, ceiling=ceiling)

    return made


def test_differences_of_old_imports_go_and_their_counts_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(differences, "KEPT_IMPORTS", 2)
    full(BEFORE, tmp_path)
    full(AFTER, tmp_path, 151)
    full(BEFORE, tmp_path, 152)
    full(AFTER, tmp_path, 153)
    rows = RegisterImport.objects.order_by("pk")
    assert [row.counts.get("establishments_gone") for row in rows] == [0, 1, 1, 1]
    kept = set(RegisterDifference.objects.values_list("register_import__extract_number", flat=True))
    assert kept == {152, 153}
    assert digits(enterprise(1)) in RegisterDifference.objects.values_list(
        "enterprise_number", flat=True
    )
