"""Every search is answered from an index: looked up in the plans of PostgreSQL."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import RequestFactory

from companies.register import services
from companies.register.forms import SearchForm
from companies.register.models import (
    Enterprise,
    Establishment,
    EstablishmentActivity,
    NaceCode,
    PostalPoint,
)
from companies.register.searching.finding import Statement, gather, walks
from companies.register.searching.question import Order, Question
from tests.factories import checked

pytestmark = pytest.mark.django_db
LARGE = {
    "register_enterprise",
    "register_establishment",
    "register_establishmentactivity",
    "register_searchentry",
}
WORDS, POSTCODES, NAMES = "search_words", "search_postcode", "search_name"
SHOPS = 2_000


@pytest.fixture
def register() -> None:
    """Enough rows that reading them all would be dearer than an index."""
    points = list(PostalPoint.objects.order_by("postcode"))
    NaceCode.objects.create(version="2025", code="10820", label_nl="Chocolade")
    mother = Enterprise.objects.create(number=checked(1), name="Moeder", name_key="moeder")
    shops = [
        Establishment(
            number=checked(20_000_000 + n),
            enterprise=mother,
            name=f"De {n % 97} Bakker {n}",
            name_key=f"de {n % 97} bakker {n}",
            postcode=points[n % len(points)].postcode,
            municipality=points[n % len(points)].name,
            province=points[n % len(points)].province,
            x_m=points[n % len(points)].x_m,
            y_m=points[n % len(points)].y_m,
        )
        for n in range(SHOPS)
    ]
    Establishment.objects.bulk_create(shops)
    EstablishmentActivity.objects.bulk_create(
        EstablishmentActivity(
            establishment=shop, version="2025", code="10820", classification="MAIN"
        )
        for shop in shops
    )
    services.refresh_search()


def question_of(asked: dict[str, str]) -> Question:
    request: Any = RequestFactory().get("/")
    request.user, request.session = AnonymousUser(), {}
    form = SearchForm(asked, request=request)
    assert form.is_valid(), form.errors
    return form.question


def nodes_of(statement: Statement) -> list[tuple[str, str]]:
    """(kind, index or table) of every node of the plan."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.settings)
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement.sql}", statement.values | {"limit": 25})
        plan = cursor.fetchone()[0]
    todo = [(json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]]
    found = []
    while todo:
        node = todo.pop()
        found.append((node["Node Type"], node.get("Index Name") or node.get("Relation Name", "")))
        todo += node.get("Plans", ())
    return found


def indexes_of(statement: Statement) -> set[str]:
    """The indexes that are used; no large table is read from end to end."""
    nodes = nodes_of(statement)
    assert not [name for kind, name in nodes if kind == "Seq Scan" and name in LARGE]
    return {name for kind, name in nodes if "Index" in kind}


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("asked", "gathering", "walking"),
    [
        ({"q": "bakker 7"}, WORDS, NAMES),
        ({"q": "de"}, WORDS, NAMES),
        ({"q": "a", "sort": "name"}, WORDS, NAMES),
        ({"activity": "1082"}, WORDS, NAMES),
        ({"activity": "choco"}, WORDS, NAMES),
        ({"opportunity": "enclave"}, WORDS, NAMES),
        ({"province": "limburg"}, WORDS, NAMES),
        ({"near": "9000", "km": "2"}, POSTCODES, POSTCODES),
        ({"near": "9000", "km": "150"}, POSTCODES, POSTCODES),
        ({"near": "9000", "km": "150", "sort": "name"}, POSTCODES, NAMES),
        ({"q": "bakker", "near": "9000", "sort": "nearest"}, WORDS, POSTCODES),
    ],
    ids=str,
)
def test_each_search_has_its_index(asked: dict[str, str], gathering: str, walking: str) -> None:
    question = question_of(asked)
    assert gathering in indexes_of(gather(question))
    for walk in walks(question):
        assert walking in indexes_of(walk)


@pytest.mark.usefixtures("register")
def test_everything_by_distance_walks_from_postcode_to_postcode() -> None:
    (walk,) = walks(question_of({"near": "9000"}))
    assert POSTCODES in indexes_of(walk)
    kinds = [kind for kind, _name in nodes_of(walk)]
    assert "Incremental Sort" in kinds  # stops at the page, and sorts one distance at a time


@pytest.mark.usefixtures("register")
def test_conditions_together_use_an_index_and_no_table() -> None:
    asked = {"q": "de", "activity": "10820", "opportunity": "enclave", "province": "antwerpen",
             "near": "2000", "km": "150"}  # fmt: skip
    question = question_of(asked)
    for statement in (gather(question), *walks(question)):
        assert indexes_of(statement)


@pytest.mark.usefixtures("register")
def test_numbers_are_looked_up_by_key() -> None:
    for number in (checked(1), checked(20_000_001)):
        used = indexes_of(gather(Question(number=number, order=Order.NAME)))
        assert any(name.startswith("register_searchentry") for name in used)
