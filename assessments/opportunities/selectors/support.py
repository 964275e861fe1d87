"""Support measures beside the criteria that they help with."""

from __future__ import annotations

from datetime import date

from assessments.opportunities.content.support import SUPPORT_TOPICS
from assessments.readiness.models import SupportMeasure
from assessments.readiness.selectors import measures_by_topic, measures_for
from portal.common.vocabulary import Criterion, Opportunity

Measures = dict[Criterion, list[SupportMeasure]]


def support_for(opportunity: Opportunity, today: date) -> Measures:
    """Measures in force by criterion of one opportunity; one query."""
    by_topic = measures_by_topic(today)
    return {
        criterion: measures_for(SUPPORT_TOPICS.get((opportunity, criterion), ()), by_topic)
        for criterion in Criterion
    }
