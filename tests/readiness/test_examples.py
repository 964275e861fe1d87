"""The catalogue of examples from practice: seeded once, with a source, found by topic."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assessments.readiness import selectors, services
from assessments.readiness.content.examples import read_examples
from assessments.readiness.content.reading import ContentError
from assessments.readiness.domain.parts import Topic
from assessments.readiness.models import PracticeExample

pytestmark = pytest.mark.django_db

# The sources name no company for these: there the example of the statement itself remains.
WITHOUT = {Topic.AID, Topic.CIRCULAR, Topic.CYBER, Topic.ENERGY, Topic.WATER}


def example(slug: str, *topics: str) -> PracticeExample:
    texts = {"title_nl": slug, "title_en": slug, "text_nl": slug, "text_en": slug}
    return PracticeExample.objects.create(
        slug=slug, organisation="Proef", source="Proef", year=2026, topics=list(topics), **texts
    )


def test_each_topic_that_the_sources_speak_of_has_an_example() -> None:
    assert set(selectors.examples_by_topic()) == set(Topic) - WITHOUT


def test_the_companies_of_the_study_are_there_with_source_and_year() -> None:
    names = " ".join(item.organisation for item in read_examples())
    for name in ("Mariasteen", "Ryhove", "Arop", "Nevelland", "Carrefour", "Sioen", "Bewel"):
        assert name in names
    for item in read_examples():
        assert item.source
        assert 2018 <= item.year <= 2026
        texts = (item.title.nl, item.title.en, item.text.nl, item.text.en)
        assert all(texts)
        assert max(map(len, texts[:2])) <= 120
        assert max(map(len, texts[2:])) <= 900


def test_what_is_stored_is_what_the_file_says() -> None:
    stored = {row.slug: (row.text_nl, row.text_en) for row in PracticeExample.objects.all()}
    assert stored == {item.slug: (item.text.nl, item.text.en) for item in read_examples()}


def test_what_administrators_removed_stays_away() -> None:
    PracticeExample.objects.exclude(slug="ryhove-chocolade").delete()
    services.load_reference()
    assert [row.slug for row in PracticeExample.objects.all()] == ["ryhove-chocolade"]


def test_what_shares_most_comes_first_then_the_order_of_the_topics() -> None:
    PracticeExample.objects.all().delete()
    example("a-water", "water")
    example("b-cyber", "cyber")
    example("c-both", "cyber", "water")
    example("d-none", "energy")
    found = selectors.examples_for([Topic.CYBER, Topic.WATER], selectors.examples_by_topic())
    assert [row.slug for row in found] == ["c-both", "b-cyber", "a-water"]


@pytest.mark.parametrize("topics", [[], ["magic"]])
def test_the_database_wants_known_topics(topics: list[str]) -> None:
    with pytest.raises(IntegrityError, match="example_topics_known"), transaction.atomic():
        example("wrong", *topics)


def test_an_administrator_edits_an_example(boss: Client) -> None:
    row = PracticeExample.objects.get(slug="sioen-niche")
    assert boss.get(reverse("admin:readiness_practiceexample_changelist"), {"q": "Sioen"})
    url = reverse("admin:readiness_practiceexample_change", args=[row.pk])
    data = {
        "slug": row.slug,
        "organisation": row.organisation,
        "title_nl": "Nieuwe titel",
        "title_en": row.title_en,
        "text_nl": row.text_nl,
        "text_en": row.text_en,
        "source": row.source,
        "year": row.year,
    }
    refused = boss.post(url, data)
    assert refused.status_code == 200
    assert set(refused.context["adminform"].form.errors) == {"topics"}
    assert boss.post(url, data | {"topics": ["network", "supply"]}).has_header("Location")
    row.refresh_from_db()
    assert (row.title_nl, row.topics) == ("Nieuwe titel", ["network", "supply"])
    assert row in selectors.examples_by_topic()[Topic.SUPPLY]


def test_an_incomplete_file_names_the_example(tmp_path: Path) -> None:
    file = tmp_path / "examples.toml"
    file.write_text('[[example]]\nslug = "half"\norganisation = "X"\n')
    with pytest.raises(ContentError, match="example half"):
        read_examples(file)
