"""Versions that the administrator finds."""

from __future__ import annotations

import pytest

from assessments.readiness.models import Questionnaire
from assessments.readiness.services import draft_from
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.factories import staff


@pytest.fixture
def administrator() -> User:
    """Runs the portal, in English."""
    return staff(Role.ADMINISTRATOR, language="en")


@pytest.fixture
def published(db: None) -> Questionnaire:
    """The version that came with the portal."""
    return Questionnaire.objects.get(version=1)


@pytest.fixture
def draft(published: Questionnaire) -> Questionnaire:
    """A copy of it, to be edited."""
    return draft_from(questionnaire_id=published.pk)
