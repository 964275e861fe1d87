"""Leaf through what a question finds."""

from __future__ import annotations

import re

from django.core.paginator import Page, Paginator

from companies.register.searching.finding import LISTED, Found, find
from companies.register.searching.question import Question

ONLY_DIGITS = re.compile(r"[0-9]{1,6}")


def found_page(question: Question, asked: str | None, per_page: int) -> tuple[Page[int], Found]:
    """The page asked for, else the last one there is; at most ``LISTED`` can be leafed through."""
    wanted = min(int(asked), LISTED // per_page) if asked and ONLY_DIGITS.fullmatch(asked) else 1
    wanted = max(wanted, 1)
    found = find(question, (wanted - 1) * per_page, wanted * per_page)
    page = Paginator(range(found.total), per_page).get_page(wanted)
    if page.number != wanted:
        found = find(question, (page.number - 1) * per_page, page.number * per_page)
    return page, found
