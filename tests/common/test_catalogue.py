"""The Dutch catalogue is complete, compiled, and says the same with the same placeholders."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
FOLDER = ROOT / "portal" / "locale" / "nl" / "LC_MESSAGES"
SOURCES = ("portal", "companies", "assessments")
CONTEXT_FIRST = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
PLURAL = {"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"}
SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop", "pgettext", "pgettext_lazy"}
Key = tuple[str | None, str, str]


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(FOLDER / "django.po"))


def messages_in(source: str) -> Iterator[Key]:
    """(context, singular, plural) of every gettext call with literal arguments."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        # `gettext_lazy as xyz` would escape us; ruff's import rules keep names as they are.
        if name not in SINGULAR | PLURAL:
            continue
        texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
        context = texts.pop(0) if name in CONTEXT_FIRST else None
        if texts and isinstance(texts[0], str):
            yield context, texts[0], str(texts[1]) if name in PLURAL else ""


def template_messages(path: Path) -> Iterator[Key]:
    """What Django's own extraction makes of a template: gettext calls between X's."""
    text = templatize(path.read_text())
    for match in re.finditer(r"(?<![A-Za-z])(?:n?p?gettext|_)\(", text):
        yield from first_call(text[match.start() :])


def first_call(text: str) -> Iterator[Key]:
    """The call that ``text`` begins with; its end is the first ")" that makes it Python."""
    for match in re.finditer(r"\)", text):
        try:
            yield from messages_in(text[: match.end()])
        except SyntaxError:
            continue
        return
    pytest.fail(f"cannot read a message: {text[:80]}")


def source_messages() -> dict[Key, str]:
    found: dict[Key, str] = {}
    for room in SOURCES:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                for key in messages_in(path.read_text()):
                    found.setdefault(key, str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.suffix in {".html", ".txt"}:
            for key in template_messages(path):
                found.setdefault(key, str(path.relative_to(ROOT)))
    return found


def placeholders(text: str) -> set[str]:
    """Names and positions that are filled in, in both of Python's notations."""
    percent = set(re.findall(r"%\([a-z_0-9]+\)[a-z]|%[sd]", text, re.IGNORECASE))
    braces = {
        f"{{{name}}}" for _, name, _, _ in string.Formatter().parse(text.replace("%{", "")) if name
    }
    return percent | braces


def test_every_message_of_the_source_is_in_the_catalogue(catalogue):
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}
    missing = {
        f"{where}: {key[1]!r}"
        for key, where in source_messages().items()
        if (key[0], key[1]) not in known and key[1]
    }
    assert not missing, "\n".join(["not in the Dutch catalogue:", *sorted(missing)])


def test_nothing_is_untranslated(catalogue):
    empty = [entry.msgid for entry in catalogue.untranslated_entries()]
    assert not empty, "\n".join(["not translated:", *empty])


def test_nothing_is_a_guess(catalogue):
    assert not [entry.msgid for entry in catalogue.fuzzy_entries()]


def test_nothing_is_left_from_before(catalogue):
    assert not [entry.msgid for entry in catalogue.obsolete_entries()]


def test_placeholders_agree(catalogue):
    wrong = []
    for entry in catalogue.translated_entries():
        allowed = placeholders(entry.msgid) | placeholders(entry.msgid_plural or "")
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if not text:
                continue
            used = placeholders(text)
            # A singular may write "one" instead of its number; nothing may be invented.
            if used - allowed or (not entry.msgid_plural and used != allowed):
                wrong.append(f"{entry.msgid!r} → {text!r}")
    assert not wrong, "\n".join(wrong)


def test_the_compiled_catalogue_is_that_of_the_source(catalogue):
    def flat(entries):
        return {
            (entry.msgctxt, entry.msgid): entry.msgstr or dict(entry.msgstr_plural)
            for entry in entries
            if entry.msgid
        }

    compiled = polib.mofile(str(FOLDER / "django.mo"))
    assert flat(compiled) == flat(catalogue.translated_entries())


def test_dutch_plurals_are_one_and_many(catalogue):
    assert catalogue.metadata["Plural-Forms"] == "nplurals=2; plural=(n != 1);"
    for entry in catalogue:
        if entry.msgid_plural:
            assert set(entry.msgstr_plural) == {0, 1}, entry.msgid


def test_the_extraction_finds_what_it_looks_for(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}{% translate "Hello (you)" %}'
        "<a title=\"{% translate 'It is' context 'c' %}\">"
        "{% blocktranslate trimmed count n=x %}one\n thing{% plural %}{{ n }} things"
        "{% endblocktranslate %}"
    )
    assert set(template_messages(page)) == {
        (None, "Hello (you)", ""),
        ("c", "It is", ""),
        (None, "one thing", "%(n)s things"),
    }
    assert list(messages_in("x = pgettext('c', 'a'); y = m.ngettext('b', 'bs', 2)")) == [
        ("c", "a", ""),
        (None, "b", "bs"),
    ]
