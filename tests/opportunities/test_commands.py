"""``manage.py assess``."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from assessments.opportunities.models import Assessment
from tests.factories import ActivityFactory, CompanyFactory


@pytest.mark.django_db
def test_a_company_that_is_behind_is_assessed_once() -> None:
    company = CompanyFactory()
    ActivityFactory(company=company)
    for expected in ("1 companies assessed.", "0 companies assessed."):
        out = StringIO()
        call_command("assess", stdout=out)
        assert out.getvalue().strip() == expected
    assert Assessment.objects.filter(company=company, is_current=True).count() == 5
