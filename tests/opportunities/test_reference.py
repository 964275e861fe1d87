"""Reference texts: from the file, loaded once, kept by administrators, shown on the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assessments.opportunities import selectors, services
from assessments.opportunities.content.reference import (
    FILE,
    HEADINGS,
    ReferenceContentError,
    read_reference_texts,
)
from assessments.opportunities.models import ReferenceKind, ReferenceText
from companies.profiles.content.norms import NORMS
from portal.accounts.roles import Role
from portal.common.vocabulary import Opportunity
from tests.factories import CompanyFactory, MembershipFactory, UserFactory, staff


def kinds_of(opportunity: Opportunity) -> set[str]:
    return {text.kind for text in read_reference_texts() if text.opportunity is opportunity}


@pytest.mark.parametrize("opportunity", Opportunity)
def test_every_opportunity_has_each_kind_of_text(opportunity: Opportunity) -> None:
    assert kinds_of(opportunity) >= set(HEADINGS) - {"note"}
    assert set(HEADINGS) == set(ReferenceKind.values)


def test_what_the_study_prints_in_the_wrong_place_is_noted() -> None:
    noted = {text.opportunity for text in read_reference_texts() if text.kind == "note"}
    assert noted == {Opportunity.SAMENWERKING, Opportunity.ENCLAVE}


def test_rules_that_are_younger_than_the_study_are_noted_with_their_source() -> None:
    """The norm in the note is the one that the planner counts with."""
    (note,) = (text for text in read_reference_texts() if text.source.startswith("Maatwerkdecreet"))
    assert (note.opportunity, note.kind) == (Opportunity.ENCLAVE, "note")
    norm = NORMS[-1]
    for fte in (norm.fte_per_guide_high, norm.fte_per_guide_middle, norm.fte_per_guide_low):
        assert f"1 per {fte:f}" in note.text_nl
        assert f"1 per {fte:f}" in note.text_en


def test_every_text_names_its_source_and_fits_its_column() -> None:
    for text in read_reference_texts():
        named = ("Sectorstudie Industriële noden (2018)", "Maatwerkdecreet", "4Werk ", "Bewel,")
        assert text.source.startswith(named)
        assert "geraadpleegd" not in text.source
        assert len(text.source) <= 200
        assert 0 < max(len(text.text_nl), len(text.text_en)) <= 900
    positions = [(text.opportunity, text.kind, text.position) for text in read_reference_texts()]
    assert len(positions) == len(set(positions))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[enclave]", "[loterij]", "not the five opportunities"),
        ("obstacle = [", "obstakel = [", "obstakel"),
        ('organisation = "Ryhove", ', "", "enclave, example 1"),
        ("chapter = ", "hoofdstuk = ", "hoofdstuk"),
    ],
)
def test_a_file_that_is_not_complete_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    file = tmp_path / "reference.toml"
    file.write_text(FILE.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(ReferenceContentError, match=message):
        read_reference_texts(file)


@pytest.mark.django_db
class TestStored:
    """In the database."""

    @pytest.fixture(autouse=True)
    def _loaded(self, rule_set: Any) -> None:
        """Reference data are loaded."""

    def test_they_are_loaded_once(self) -> None:
        assert ReferenceText.objects.count() == len(read_reference_texts())
        ReferenceText.objects.filter(opportunity="enclave").delete()
        ReferenceText.objects.filter(kind="note").update(text_nl="Van ons")
        services.load_reference()
        assert not ReferenceText.objects.filter(opportunity="enclave").exists()
        assert ReferenceText.objects.filter(text_nl="Van ons").exists()

    @pytest.mark.parametrize(
        ("kind", "fields", "name"),
        [
            ("activity", {"opportunity": "loterij"}, "reference_opportunity_known"),
            ("activity", {"kind": "geluk"}, "reference_kind_known"),
            ("activity", {"organisation": "Ryhove"}, "reference_example_names_whom"),
            ("example", {"organisation": " "}, "reference_example_names_whom"),
            ("activity", {"text_en": " "}, "reference_complete"),
            ("activity", {"source": ""}, "reference_complete"),
        ],
    )
    def test_a_text_stays_in_its_bounds(self, kind: str, fields: dict[str, str], name: str) -> None:
        row = ReferenceText.objects.filter(kind=kind).first()
        assert row is not None
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            ReferenceText.objects.filter(pk=row.pk).update(**fields)

    def test_an_administrator_changes_what_the_page_tells(self, client: Client) -> None:
        client.force_login(staff(Role.ADMINISTRATOR, language="en"))
        row = ReferenceText.objects.get(opportunity="enclave", kind="obstacle")
        url = reverse("admin:opportunities_referencetext_change", args=[row.pk])
        fields = {
            "opportunity": "enclave",
            "kind": "obstacle",
            "position": 1,
            "organisation": "",
            "text_nl": "Eén gastheer is er te weinig",
            "text_en": "One host is too few",
            "source": "Eigen ervaring, 2026",
        }
        wrong = client.post(url, fields | {"organisation": "Ryhove"})
        assert "An example names the organisation" in wrong.content.decode()
        assert client.post(url, fields).status_code == 302
        listed = client.get(reverse("admin:opportunities_referencetext_changelist"))
        assert "Eén gastheer is er te weinig" in listed.content.decode()
        company = CompanyFactory()
        user = MembershipFactory(company=company, user=UserFactory(language="en")).user
        client.force_login(user)
        html = client.get(reverse("opportunities:detail", args=[company.pk, "enclave"]))
        assert "One host is too few" in html.content.decode()
        assert "Eigen ervaring, 2026" in html.content.decode()
        assert ReferenceText.objects.get(pk=row.pk).events.count() == 2

    def test_the_page_shows_examples_with_their_source(self, client: Client) -> None:
        company = CompanyFactory()
        client.force_login(MembershipFactory(company=company).user)
        html = client.get(
            reverse("opportunities:detail", args=[company.pk, "eigen_producten"])
        ).content.decode()
        for words in ("Arop (Innatura)", "Nevelland (Skribis)", "Goede voorbeelden"):
            assert words in html or words == "Goede voorbeelden"
        assert "hoofdstuk 3. Eigen producten produceren, voorbeeld" in html

    def test_a_kind_without_texts_is_left_out(self, client: Client) -> None:
        ReferenceText.objects.exclude(kind="definition").delete()
        found = selectors.reference_texts(Opportunity.FVDT)
        assert set(found) == {ReferenceKind.DEFINITION}
        company = CompanyFactory()
        client.force_login(MembershipFactory(company=company, user=UserFactory(language="en")).user)
        html = client.get(
            reverse("opportunities:detail", args=[company.pk, "fvdt"])
        ).content.decode()
        assert "Competences that you need" not in html
        assert 'id="examples"' not in html
