"""What somebody wants to find, ready for the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from companies.register.domain.search_words import (
    Word,
    all_words,
    any_beginning,
    lexeme,
    opportunity_mark,
    province_mark,
)


class Order(StrEnum):
    """In which order establishments are listed."""

    BEST = "best"
    NAME = "name"
    NEAREST = "nearest"


@dataclass(frozen=True)
class Question:
    """Conditions that all hold; those that are empty ask nothing.

    ``beginning`` is the key of what was typed: names that begin with it come first.
    ``number`` has ten digits, of an enterprise or an establishment. ``activities`` are
    marks of codes or their beginnings, of which one has to fit. ``distances`` gives whole
    metres by postcode, for every postcode when only the order is asked and for those
    near enough when ``is_limited``.
    """

    words: tuple[Word, ...] = ()
    beginning: str = ""
    number: str = ""
    activities: tuple[str, ...] = ()
    opportunity: str = ""
    province: str = ""
    distances: Mapping[str, int] = field(default_factory=dict)
    is_limited: bool = False
    order: Order = Order.BEST

    @property
    def is_empty(self) -> bool:
        """Nothing was asked: that is no question for everything."""
        return not (self.has_conditions or self.distances)

    @property
    def has_conditions(self) -> bool:
        """Something keeps establishments out."""
        return bool(self.number or self.is_limited or self.text_query)

    @property
    def text_query(self) -> str:
        """All that is asked of the words and marks, as a ``tsquery``; "" for nothing."""
        parts = [all_words(self.words)]
        if self.activities:
            parts.append(f"({any_beginning(self.activities)})")
        if self.opportunity:
            parts.append(lexeme(opportunity_mark(self.opportunity)))
        if self.province:
            parts.append(lexeme(province_mark(self.province)))
        return " & ".join(filter(None, parts))

    @property
    def name_query(self) -> str:
        """The same words, in the name of the place or of its enterprise only."""
        return all_words(self.words, "AB")
