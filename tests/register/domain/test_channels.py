"""What a link is made of: values that nobody checked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.register.domain.channels import channel_link


@pytest.mark.parametrize(
    ("kind", "value", "link"),
    [
        ("TEL", "02/123.45.67", "tel:021234567"),
        ("TEL", "+32 (0)2 123 45 67", "tel:+32021234567"),
        ("TEL", "na 18 u", ""),
        ("EMAIL", " info@demo.example ", "mailto:info@demo.example"),
        ("EMAIL", "info@demo", ""),
        ("EMAIL", "a@demo.example?subject=x", ""),
        ("EMAIL", "a@demo.example, b@demo.example", ""),
        ("WEB", "www.demo.example", "https://www.demo.example"),
        ("WEB", "http://demo.example/nl?a=1", "http://demo.example/nl?a=1"),
        ("WEB", "javascript:alert(1).nl", ""),
        ("WEB", "https://user@demo.example", ""),
        ("WEB", "geen", ""),
        ("FAX", "021234567", ""),
    ],
)
def test_a_plain_value_makes_a_link_and_no_other(kind: str, value: str, link: str) -> None:
    assert channel_link(kind, value) == link


@given(st.sampled_from(["TEL", "EMAIL", "WEB"]), st.text(max_size=60))
def test_no_value_makes_a_link_of_another_scheme(kind: str, value: str) -> None:
    link = channel_link(kind, value)
    assert link == "" or link.startswith(("tel:", "mailto:", "http://", "https://"))
    assert not set(link) & set(' "<>\\\n')
