"""A call that is open in the demo: the list that ships has none with dates."""

from __future__ import annotations

from datetime import date
from typing import Final

from assessments.readiness.content.measures import MeasureText
from assessments.readiness.content.reading import Wording
from assessments.readiness.domain.parts import Topic
from assessments.readiness.models import MeasureKind

OPEN_CALL: Final = MeasureText(
    slug="oproep-demo",
    kind=MeasureKind.CALL.value,
    name=Wording(
        "Oproep technologie op de werkvloer (demo)", "Call for technology on the shop floor (demo)"
    ),
    provider="Vlaamse overheid (demo)",
    text=Wording(
        "Een verzonnen oproep, met verzonnen data: de overheid betaalt een deel van machines en "
        "hulpmiddelen waarmee mensen beter of zelfstandiger werken.",
        "A made-up call, with made-up dates: government pays part of machines and aids with which "
        "people work better or more independently.",
    ),
    url="",
    topics=(Topic.TECHNOLOGY, Topic.ERGONOMICS, Topic.INSTRUCTIONS),
)
FIRST_DAY: Final = date(2026, 9, 1)
LAST_DAY: Final = date(2028, 8, 31)
