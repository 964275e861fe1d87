"""Looking at pages of the calculators as one of the personas."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from assessments.opportunities.domain.calculators.catalogue import Calculator
from assessments.opportunities.models import Scenario
from companies.profiles.models import Company
from tests.access.world import World


def client_of(world: World, persona: str, language: str = "nl") -> Client:
    person = world.people[persona]
    person.language = language
    person.save(update_fields=["language"])
    client = Client()
    client.force_login(person)
    return client


def text_of(response: Any) -> str:
    """What stands on the page, without markup, blanks folded and made plain."""
    html = response.content.decode()
    assert "{{" not in html
    assert "{%" not in html
    html = html.replace("</td>", " </td>").replace("</th>", " </th>")
    return " ".join(unescape(strip_tags(html)).replace("\u00a0", " ").split())


def new(company: Company, calculator: Calculator) -> str:
    return reverse("opportunities:calculator", args=[company.pk, calculator.value])


def address(scenario: Scenario, what: str = "scenario") -> str:
    return reverse(f"opportunities:{what}", args=[scenario.company_id, scenario.pk])


def compared(client: Client, company: Company, *scenarios: Scenario) -> Any:
    url = reverse("opportunities:scenario_compare", args=[company.pk, "investment"])
    return client.get(url, {"with": [scenario.pk for scenario in scenarios]})
