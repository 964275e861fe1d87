"""The questionnaire files are complete and readable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessments.readiness.content import reading
from assessments.readiness.content.reading import (
    ContentError,
    Wording,
    read_questionnaire,
)


def wordings() -> Iterator[Wording]:
    for transition in read_questionnaire(1).transitions:
        yield from (transition.title, transition.intro)
        for statement in transition.statements:
            yield from (statement.text, statement.example, *statement.levels)


def test_seven_transitions_of_five_statements() -> None:
    transitions = read_questionnaire(1).transitions
    assert [item.slug for item in transitions] == list(reading.TRANSITION_SLUGS)
    assert [len(item.statements) for item in transitions] == [5] * 7


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
    slugs = [s.slug for t in read_questionnaire(1).transitions for s in t.statements]
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
