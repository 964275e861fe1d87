"""Fixtures of this room."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assessments.opportunities import services
from assessments.opportunities.models import RuleSet

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def rule_set(db: None) -> RuleSet:
    """Rule set 1, published."""
    services.load_reference()
    return RuleSet.objects.get(version=1)
