"""All templates of the portal compile and obey the content security policy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse

FOLDER = Path(settings.BASE_DIR) / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
INLINE = {
    "style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"<[a-z][^>]*\s(on[a-z]+|hx-on[:a-z-]*)\s*=", re.IGNORECASE),
    "script address": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "style element": re.compile(r"<style\b(?![^>]*\snonce=)", re.IGNORECASE),
    "inline script": re.compile(
        r"<script\b(?![^>]*\ssrc=)(?![^>]*\snonce=)(?![^>]*application/json)", re.IGNORECASE
    ),
    "foreign address": re.compile(r"\s(src|srcset)\s*=\s*[\"']?(https?:)?//", re.IGNORECASE),
}


# Template language is no HTML: in `{% if one == year %}` there is no handler.
LANGUAGE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


def inline_in(html: str) -> list[str]:
    """What the policy would stop."""
    plain = LANGUAGE.sub("x", html)
    return [name for name, pattern in INLINE.items() if pattern.search(plain)]


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_has_nothing_inline(name):
    assert inline_in((FOLDER / name).read_text()) == []


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<p style="color: red">', "style attribute"),
        ('<a class="x"\n onclick = "go()">', "event handler"),
        ('<p hx-on:click="go()">', "event handler"),
        ('<a href=" javascript:go()">', "script address"),
        ("<style>p {}</style>", "style element"),
        ("<script>go()</script>", "inline script"),
        ('<img src="https://elsewhere.example/x.png">', "foreign address"),
    ],
)
def test_the_check_finds_what_it_looks_for(html, found):
    assert inline_in(html) == [found]


def test_the_check_lets_our_own_ways_through():
    assert not inline_in(
        '<script src="/static/x.js" defer></script>'
        '<script nonce="{{ request.csp_nonce }}">x</script>'
        '<a {% if one == year %}class="x"{% endif %}>one</a>'
        '<p data-portal-once="x" class="style" title="on time">one</p>'
    )


@pytest.mark.django_db
def test_components_and_crispy_forms_come_out_with_nothing_inline(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("els@example.org"))
    page = client.get(reverse("common:gallery")).text
    assert inline_in(page) == []
    assert "{{" not in page
    assert "{%" not in page
