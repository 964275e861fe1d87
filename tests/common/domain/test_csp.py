"""Browsers report in two forms; anybody may send anything."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.common.domain import csp

OLD = {
    "csp-report": {
        "document-uri": "https://portal.example/companies/1/?name=Els#top",
        "effective-directive": "style-src-attr",
        "violated-directive": "style-src-attr",
        "blocked-uri": "inline",
        "source-file": "https://user:secret@portal.example/static/x.js?v=1",
        "line-number": 12,
    }
}
NEW = [
    {
        "type": "csp-violation",
        "body": {
            "documentURL": "https://portal.example/",
            "effectiveDirective": "script-src-elem",
            "blockedURL": "https://elsewhere.example/a.js",
            "lineNumber": 3,
        },
    },
    {"type": "deprecation", "body": {}},
]


def test_the_old_form_is_read_without_what_may_name_people():
    assert csp.read_reports(json.dumps(OLD).encode()) == [
        csp.Report(
            page="https://portal.example/companies/1/",
            directive="style-src-attr",
            blocked="inline",
            source="https://portal.example/static/x.js",
            line=12,
        )
    ]


def test_the_new_form_is_read_and_other_reports_are_not():
    (report,) = csp.read_reports(json.dumps(NEW).encode())
    assert report.blocked == "https://elsewhere.example/a.js"
    assert report.line == 3


@pytest.mark.parametrize(
    "body",
    [b"", b"x", b"[]", b"3", b"{}", b'{"csp-report": 3}', b"\xff", b"[" * 10_000, b"[3, null]"],
)
def test_what_is_no_report_is_nothing(body):
    assert csp.read_reports(body) == []


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(st.dictionaries(st.sampled_from(sorted(OLD["csp-report"])), anything))
def test_whatever_stands_in_a_report_can_be_stored(body):
    for report in csp.read_reports(json.dumps({"csp-report": body}).encode()):
        for text in (report.page, report.directive, report.blocked, report.source):
            assert len(text) <= csp.MAXIMUM_TEXT
            assert "\x00" not in text
        assert 0 <= report.line < 10**9


def test_a_batch_has_an_end():
    many = json.dumps([NEW[0]] * 50).encode()
    assert len(csp.read_reports(many)) == csp.MAXIMUM_REPORTS
