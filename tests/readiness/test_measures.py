"""The catalogue of support measures: seeded once, dated, found by topic."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assessments.readiness import selectors, services
from assessments.readiness.content.measures import read_measures
from assessments.readiness.content.reading import SHIPPED_EDITION, ContentError, read_questionnaire
from assessments.readiness.domain.parts import Topic
from assessments.readiness.models import MeasureKind, SupportMeasure

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


def measure(slug: str, **fields: object) -> SupportMeasure:
    values = {"name_nl": slug, "name_en": slug, "provider": "VLAIO", "kind": "subsidy"}
    return SupportMeasure.objects.create(slug=slug, **{"topics": ["cyber"], **values, **fields})


def test_each_shipped_statement_finds_a_measure() -> None:
    by_topic = selectors.measures_by_topic(TODAY)
    for part in read_questionnaire(SHIPPED_EDITION).transitions:
        for statement in part.statements:
            assert selectors.measures_for(statement.topics, by_topic), statement.slug


def test_each_topic_has_a_measure_and_the_named_ones_are_there() -> None:
    by_topic = selectors.measures_by_topic(TODAY)
    assert set(by_topic) == set(Topic)
    measures = read_measures()
    assert {item.kind for item in measures} == set(MeasureKind.values)
    assert {"kmo-portefeuille", "investeringsoproep", "mentorschap"} <= {m.slug for m in measures}
    assert any("VLAIO" in item.provider for item in measures)


def test_shipped_kinds_are_known_and_texts_short() -> None:
    for item in read_measures():
        assert item.kind in MeasureKind.values
        assert len(item.text.nl) <= 600
        assert len(item.text.en) <= 600


def test_what_administrators_removed_stays_away() -> None:
    SupportMeasure.objects.exclude(slug="kmo-portefeuille").delete()
    services.load_reference()
    assert [row.slug for row in SupportMeasure.objects.all()] == ["kmo-portefeuille"]


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        (None, None, True),
        (date(2026, 11, 24), None, True),
        (date(2026, 11, 25), None, False),
        (None, date(2026, 11, 24), True),
        (None, date(2026, 11, 23), False),
        (date(2026, 1, 1), date(2026, 12, 31), True),
    ],
)
def test_in_force_on_a_day(first: date | None, last: date | None, counts: bool) -> None:
    SupportMeasure.objects.all().delete()
    measure("x", valid_from=first, valid_until=last)
    assert SupportMeasure.objects.in_force(TODAY).exists() is counts


def test_each_measure_once_and_the_first_topic_first() -> None:
    SupportMeasure.objects.all().delete()
    measure("water", topics=["water", "cyber"])
    measure("cyber", topics=["cyber"])
    by_topic = selectors.measures_by_topic(TODAY)
    slugs = [row.slug for row in selectors.measures_for([Topic.WATER, Topic.CYBER], by_topic)]
    assert slugs == ["water", "cyber"]


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"topics": []}, "measure_topics_known"),
        ({"topics": ["magic"]}, "measure_topics_known"),
        ({"kind": "gift"}, "measure_kind_known"),
        (
            {"valid_from": date(2026, 2, 1), "valid_until": date(2026, 1, 31)},
            "measure_period_in_order",
        ),
    ],
)
def test_the_database_refuses(fields: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        measure("wrong", **fields)


def test_an_administrator_ends_a_measure(boss: Client) -> None:
    row = SupportMeasure.objects.get(slug="cyberveiligheid")
    url = reverse("admin:readiness_supportmeasure_change", args=[row.pk])
    data = {
        "slug": row.slug,
        "kind": row.kind,
        "name_nl": row.name_nl,
        "name_en": row.name_en,
        "provider": row.provider,
        "text_nl": row.text_nl,
        "text_en": row.text_en,
        "url": row.url,
        "valid_from": "2026-01-01",
        "valid_until": "2025-12-31",
    }
    refused = boss.post(url, data)
    assert refused.status_code == 200
    assert set(refused.context["adminform"].form.errors) == {"topics", "__all__"}
    assert boss.post(
        url, data | {"topics": ["cyber", "digital"], "valid_until": "2026-11-23"}
    ).has_header("Location")
    assert row not in selectors.measures_by_topic(TODAY).get(Topic.CYBER, [])


def test_an_incomplete_file_names_the_measure(tmp_path: Path) -> None:
    file = tmp_path / "measures.toml"
    file.write_text('[[measure]]\nslug = "half"\nkind = "subsidy"\n')
    with pytest.raises(ContentError, match="measure half"):
        read_measures(file)
