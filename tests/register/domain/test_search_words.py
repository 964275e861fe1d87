"""What people type, as words that the database compares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.register.domain.search_words import (
    MAX_WORDS,
    all_words,
    any_beginning,
    lexeme,
    words_of,
)


def joined(text: str) -> list[str]:
    return [word.joined for word in words_of(text)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  Chocolaterie   Élan ", ["chocolaterie", "elan"]),
        ("N.V. Janssens", ["nv", "janssens"]),
        ("D'Hondt", ["dhondt"]),
        ("d’hondt", ["dhondt"]),
        ("Cœur de Bœuf", ["coeur", "de", "boeuf"]),
        ("H&M", ["h", "m"]),
        ("a/b_c", ["a", "b", "c"]),
        ("100% Natuur", ["100", "natuur"]),
        ("Straße", ["strasse"]),
        ("bakker bakker", ["bakker"]),
    ],
)
def test_case_accents_and_signs_go(typed: str, expected: list[str]) -> None:
    assert joined(typed) == expected


def test_a_sign_inside_a_word_leaves_both_readings() -> None:
    assert [word.parts for word in words_of("d'Hondt chocolaterie-x")] == [
        ("d", "hondt"),
        ("chocolaterie", "x"),
    ]


def test_joining_words_go_unless_nothing_else_is_left() -> None:
    assert joined("Jansen en Zonen") == joined("Jansen & Zonen") == ["jansen", "zonen"]
    assert joined("en") == ["en"]


def test_signs_alone_are_no_words() -> None:
    assert words_of("& - ' ...") == ()
    assert all_words(()) == ""
    assert any_beginning(()) == ""


def test_the_last_word_counts_as_a_beginning() -> None:
    assert all_words(words_of("de bakk")) == "'de' & 'bakk':*"
    assert all_words(words_of("de bakk"), "AB") == "'de':AB & 'bakk':*AB"
    assert all_words(words_of("d'hon")) == "('d' & 'hon':* | 'dhon':*)"


def test_a_lexeme_cannot_end_early() -> None:
    assert lexeme("it's \\ here") == "'it''s \\\\ here'"


@given(st.text(max_size=80))
def test_whatever_is_typed_gives_few_plain_words(text: str) -> None:
    words = words_of(text)
    assert len(words) <= MAX_WORDS
    for word in words:
        for part in (*word.parts, word.joined):
            assert part
            assert not set(part) & set(" '\\&|!():*<>#@~")
