"""Administrators look at scans and answers; only the company writes them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import CompanyFactory, UserFactory
from tests.readiness.factories import answered_scan, submitted_scan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", ["scan", "answer"])
def test_lists_open_with_a_search(boss: Client, model: str) -> None:
    submitted_scan(CompanyFactory(name="Zoekbaar vzw"), UserFactory(), {"eco": "3"})
    listed = reverse(f"admin:readiness_{model}_changelist")
    assert boss.get(listed, {"q": "Zoekbaar"}).context["cl"].result_count > 0
    assert boss.get(listed, {"q": "Onvindbaar"}).context["cl"].result_count == 0


def test_scans_are_read_only(boss: Client) -> None:
    scan = answered_scan(CompanyFactory(), UserFactory(), {"eco": "3"})
    url = reverse("admin:readiness_scan_change", args=[scan.pk])
    assert 'name="_save"' not in boss.get(url).content.decode()
    assert boss.post(url, {}).status_code == 403
    listed = reverse("admin:readiness_scan_changelist")
    assert "T0" in boss.get(listed, {"open": "1"}).content.decode()
    assert ">T0<" not in boss.get(listed, {"open": "0"}).content.decode()


def test_the_list_of_scans_costs_the_same_for_many(
    boss: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        answered_scan(CompanyFactory(), UserFactory(), {"eco": "3"})
    with django_assert_max_num_queries(16):
        boss.get(reverse("admin:readiness_scan_changelist"))
