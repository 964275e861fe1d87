"""The components as pages use them."""

from __future__ import annotations

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from portal.common.vocabulary import Verdict


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def show(source: str, **context) -> str:
    return " ".join(Template("{% load portal %}" + source).render(Context(context)).split())


@pytest.mark.parametrize(
    ("verdict", "word"),
    [("hoog", "High"), ("gemiddeld", "Medium"), ("laag", "Low"), ("onvolledig", "Incomplete")],
)
def test_a_verdict_is_a_word_beside_its_picture(verdict, word):
    html = show("{% verdict_badge verdict %}", verdict=verdict)
    assert f"{word}</span>" in html
    assert 'aria-hidden="true"' in html


def test_an_unknown_verdict_is_a_mistake():
    with pytest.raises(ValueError, match="prima"):
        show("{% verdict_badge 'prima' %}")


def test_every_verdict_looks_different():
    pictures = {show("{% verdict_badge v %}", v=v).split("</svg>")[0] for v in Verdict}
    assert len(pictures) == len(Verdict)


def test_every_tone_has_its_own_picture():
    kinds = ["neutral", "info", "success", "warning", "danger"]
    shown = [show("{% status_badge kind 'x' %}", kind=kind).split("<svg")[1] for kind in kinds]
    assert len(set(shown)) == len(kinds)


def test_text_is_escaped_everywhere():
    evil = "<script>alert(1)</script>"
    source = """
        {% status_badge 'info' evil %}{% empty_state evil evil '/x/' evil %}{% meter 1 2 evil %}
        {% radar_chart evil evil labels series %}{% bar_chart evil evil rows %}
        {% score_breakdown evil parts 3 %}{% definition_list pairs %}{% steps labels 1 %}
        {% field_help evil evil %}{% back_link '/x/' evil %}
        {% alert 'info' evil %}{{ evil }}{% endalert %}{% table evil %}{{ evil }}{% endtable %}
    """
    html = show(
        source,
        evil=evil,
        labels=[evil] * 3,
        series=[(evil, [1, 2, 3])],
        rows=[(evil, 1, evil)],
        parts=[(evil, 3, evil)],
        pairs=[(evil, evil)],
    )
    assert "<script" not in html
    assert html.count("&lt;script") > 12


def test_the_next_step_of_an_empty_state_is_a_link():
    assert 'href="/start/"' in show("{% empty_state 'None' 'Why' '/start/' 'Start' %}")
    assert "<a" not in show("{% empty_state 'None' 'Why' %}")


def test_a_meter_says_its_value_in_words():
    assert "7 of 10" in show("{% meter 7 10 'Filled in' %}")
    assert "Unknown" in show("{% meter nothing 10 'Filled in' %}", nothing=None)


def test_a_radar_has_name_description_and_table():
    html = show(
        "{% radar_chart 'Profile' 'What it shows' axes series %}",
        axes=["One", "Two", "Three"],
        series=[("Now", [1, 2.5, None])],
    )
    assert 'role="img"' in html
    assert "<title" in html
    assert "<desc" in html
    assert '<th scope="row">Two</th> <td class="text-end"> 2.5 </td>' in html
    name, description = html.split('aria-labelledby="')[1].split('"')[0].split()
    assert f'id="{name}"' in html
    assert f'id="{description}"' in html


def test_contributions_and_total_stand_in_the_table():
    html = show(
        "{% score_breakdown 'Score' parts 66.4 %}",
        parts=[("Activity", 18.9), ("Distance", 12), ("Rest", 35.5, "all the others")],
    )
    for text in ("18.9", "12.0", "35.5", "66.4", "all the others"):
        assert text in html


def test_pages_keep_the_filters():
    page = Paginator(range(100), 10).page(5)
    request = RequestFactory().get("/list/", {"province": "limburg", "page": "5"})
    html = show("{% pagination page %}", page=page, request=request)
    assert 'href="?province=limburg&amp;page=6"' in html
    assert html.count('aria-current="page"') == 1


def test_a_single_page_needs_no_links():
    request = RequestFactory().get("/list/")
    assert show("{% pagination page %}", page=Paginator([], 10).page(1), request=request) == ""


def test_steps_say_where_we_are():
    html = show("{% steps labels 2 %}", labels=[("First", "/1/"), "Second", "Third"])
    assert "Step 2 of 3" in html
    assert 'href="/1/"' in html
    assert html.count('aria-current="step"') == 1
    assert html.count("(done)") == 1


def test_a_table_scrolls_by_itself_and_has_a_caption():
    html = show("{% table 'Companies' %}<tbody></tbody>{% endtable %}")
    assert 'tabindex="0"' in html
    assert "Companies</caption>" in html


def test_a_block_can_be_shown_again_only_on_a_page():
    assert show("{% block_again 'title' %}") == ""


def test_a_link_to_a_page_that_does_not_exist_is_nothing():
    source = "{% url_or_nothing 'cases:nowhere' company=3 as url %}[{{ url }}]"
    assert show(source) == "[]"
    source = "{% url_or_nothing 'common:privacy' company=3 step='a&b' as url %}[{{ url }}]"
    assert show(source) == "[/privacy/?company=3&amp;step=a%26b]"
    assert show("{% url_or_nothing 'common:privacy' as url %}[{{ url }}]") == "[/privacy/]"
    assert show("{% url_or_nothing 'common:privacy' 7 as url %}[{{ url }}]") == "[]"
