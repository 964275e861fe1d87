"""The questionnaire files are complete and readable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessments.readiness.content import reading
from assessments.readiness.content.reading import (
    SHIPPED_EDITION,
    ContentError,
    Wording,
    read_questionnaire,
)
from assessments.readiness.domain.parts import PartKind, SupportNeed, Topic


def wordings() -> Iterator[Wording]:
    for part in read_questionnaire(SHIPPED_EDITION).transitions:
        yield from (part.title, part.intro)
        for statement in part.statements:
            yield from (statement.text, statement.example, statement.step, *statement.levels)


@pytest.mark.parametrize("edition", [1, 2])
def test_seven_transitions_of_five_statements(edition: int) -> None:
    parts = read_questionnaire(edition).transitions
    transitions = [part for part in parts if part.kind is PartKind.TRANSITION]
    assert [item.slug for item in transitions] == list(reading.TRANSITION_SLUGS)
    assert [len(item.statements) for item in transitions] == [5] * 7


def test_two_modules_stand_beside_them() -> None:
    support, resilience = read_questionnaire(2).transitions[7:]
    assert (support.kind, resilience.kind) == (PartKind.OPERATOR_SUPPORT, PartKind.RESILIENCE)
    assert len(support.statements) >= 6
    assert {need for item in support.statements for need in item.needs} == set(SupportNeed)
    assert all(item.needs for item in support.statements)
    asked = {topic for item in resilience.statements for topic in item.topics}
    assert asked >= {
        Topic.ENERGY,
        Topic.WATER,
        Topic.CIRCULAR,
        Topic.CYBER,
        Topic.TRAINING,
        Topic.LEADERSHIP,
        Topic.SUPPLY,
        Topic.AID,
    }


def test_the_second_edition_keeps_the_statements_of_the_first() -> None:
    """The same question keeps its words, so that a person recognises it."""
    first, second = read_questionnaire(1).transitions, read_questionnaire(2).transitions[:7]
    for before, after in zip(first, second, strict=True):
        assert [(s.slug, s.text, s.levels) for s in before.statements] == [
            (s.slug, s.text, s.levels) for s in after.statements
        ]


def test_the_third_edition_asks_what_the_second_did() -> None:
    """Other examples and clearer words; not one question more, less or otherwise."""
    second, third = read_questionnaire(2).transitions, read_questionnaire(3).transitions
    asked = [[(s.slug, s.text) for s in part.statements] for part in third]
    assert asked == [[(s.slug, s.text) for s in part.statements] for part in second]
    changed = {
        after.slug
        for old, new in zip(second, third, strict=True)
        for before, after in zip(old.statements, new.statements, strict=True)
        if before.example != after.example
    }
    assert changed >= {"cyber-security", "state-aid-register", "leadership-and-plan", "safe-data"}


def test_no_text_appears_twice() -> None:
    dutch = [wording.nl for wording in wordings()]
    english = [wording.en for wording in wordings()]
    assert len(set(dutch)) == len(dutch)
    assert len(set(english)) == len(english)


def test_dutch_is_plain() -> None:
    """B1: sentences of at most 25 words, no words of bureaucracy."""
    for wording in wordings():
        for sentence in wording.nl.replace("?", ".").replace("!", ".").replace(":", ".").split("."):
            assert len(sentence.split()) <= 25, sentence
        for word in ("teneinde", "middels", "dienaangaande", "implementeren", "optimaliseren"):
            assert word not in wording.nl.lower(), wording.nl


def test_codes_are_unique_in_the_whole_questionnaire() -> None:
    slugs = [s.slug for t in read_questionnaire(SHIPPED_EDITION).transitions for s in t.statements]
    assert len(set(slugs)) == len(slugs)


GOOD = """
title = {nl = "a", en = "a"}
intro = {nl = "b", en = "b"}
[[statement]]
slug = "x"
text = {nl = "c", en = "c"}
example = {nl = "d", en = "d"}
levels = {nl = ["1", "2", "3", "4", "5"], en = ["1", "2", "3", "4", "5"]}
"""


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("", "statements are missing"),
        ("title =", "wcmt.toml"),
        (GOOD.replace('en = "a"', 'en = ""', 1), "title"),
        (GOOD.replace(', "5"]', "]", 1), "5 levels"),
        (GOOD.replace('"4"', '""', 1), "level 4"),
        (GOOD.replace('slug = "x"', ""), "slug"),
        (GOOD + GOOD.split("\n", 3)[3], "same slug"),
    ],
)
def test_an_incomplete_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str, says: str
) -> None:
    folder = tmp_path / "questionnaire_v1"
    folder.mkdir()
    (folder / "wcmt.toml").write_text(wrong)
    monkeypatch.setattr(reading, "__file__", str(tmp_path / "reading.py"))
    with pytest.raises(ContentError, match=says):
        read_questionnaire(1)


ROADMAP = """
step = {nl = "e", en = "e"}
impact = 3
effort = 2
topics = ["digital"]
"""
SECOND = 'kind = "transition"\n' + GOOD + ROADMAP


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (GOOD + ROADMAP, "kind is not transition"),
        (SECOND.replace("impact = 3", ""), "impact"),
        (SECOND.replace("effort = 2", "effort = 6"), "between 1 and 5"),
        (SECOND.replace('["digital"]', "[]"), "topic"),
        (SECOND.replace('"digital"', '"magic"'), "magic"),
        (SECOND.replace('step = {nl = "e"', 'step = {nl = ""'), "step"),
    ],
)
def test_an_incomplete_roadmap_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str, says: str
) -> None:
    folder = tmp_path / "questionnaire_v2"
    folder.mkdir()
    (folder / "wcmt.toml").write_text(wrong)
    monkeypatch.setattr(reading, "__file__", str(tmp_path / "reading.py"))
    with pytest.raises(ContentError, match=says):
        read_questionnaire(2)
