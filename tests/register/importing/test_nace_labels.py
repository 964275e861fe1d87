"""Labels of activity codes come from ``code.csv``, per version and language."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

from companies.register import services
from companies.register.models import NaceCode
from companies.register.selectors import nace_labels
from portal.common.run_rows import RunStatus
from tests.register.extracts import Extract

pytestmark = pytest.mark.django_db
LANDFILL, RECOVERY = ("2025", "38320"), ("2008", "38320")


def bring_in(folder: Path, *lines: str) -> None:
    """Import an extract with these further lines in ``code.csv``."""
    row = services.request_import(source=str(Extract().add("code", *lines).folder(folder)))
    assert services.run_import(pk=row.pk)
    row.refresh_from_db()
    assert row.status == RunStatus.FINISHED, row.error


def test_a_code_has_its_three_languages_and_german_is_left_out(tmp_path: Path) -> None:
    bring_in(
        tmp_path,
        '"Nace2025","25530","NL","Verspanend bewerken van metaal"',
        '"Nace2025","25530","FR","Usinage des métaux"',
        '"Nace2025","25530","EN","Machining of metals"',
        '"Nace2025","25530","DE","Metallbearbeitung"',
        '"JuridicalForm","25530","NL","Geen activiteit"',
    )
    code = NaceCode.objects.get(version="2025", code="25530")
    assert (code.label_nl, code.label_fr, code.label_en) == (
        "Verspanend bewerken van metaal",
        "Usinage des métaux",
        "Machining of metals",
    )


def test_the_same_digits_are_called_what_they_mean_in_their_version(tmp_path: Path) -> None:
    bring_in(
        tmp_path,
        '"Nace2025","38320","NL","Storten van afval"',
        '"Nace2025","38320","EN","Landfilling"',
        '"Nace2008","38320","NL","Terugwinning van gesorteerd materiaal"',
    )
    with translation.override("en"):
        # Dutch where there is no English.
        assert nace_labels([LANDFILL, RECOVERY]) == {
            LANDFILL: "Landfilling",
            RECOVERY: "Terugwinning van gesorteerd materiaal",
        }
    with translation.override("nl"):
        assert nace_labels([LANDFILL, ("2025", "00000")]) == {LANDFILL: "Storten van afval"}


def test_a_label_that_was_corrected_follows_the_next_extract(tmp_path: Path) -> None:
    bring_in(tmp_path / "first", '"Nace2025","38320","NL","Storten"')
    bring_in(tmp_path / "second", '"Nace2025","38320","NL","Storten van afval"')
    assert NaceCode.objects.get(version="2025", code="38320").label_nl == "Storten van afval"
