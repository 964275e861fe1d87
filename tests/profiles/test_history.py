"""Owners and advisers read who changed what; nothing is left out, nothing leaks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from companies.profiles import services
from companies.profiles.content.history import NOT_SHOWN, SHOWN
from companies.profiles.models import Activity, Company
from companies.profiles.selectors.belonging import path_to_company, tracked_models
from companies.profiles.selectors.history import Actor, Cursor, Wanted, history_page, tables
from companies.profiles.services import ActivityInput
from portal.common.audit import source
from portal.common.vocabulary import Cell
from tests.access import rows
from tests.access.world import World
from tests.factories import ActivityFactory, CompanyFactory, UserFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
HEADERS: Any = {"accept-language": "en"}


@pytest.fixture
def company(world: World) -> Company:
    """This company; everybody reads English."""
    for person in world.people.values():
        person.language = "en"
        person.save()
    return world.company


def address(company: Company) -> str:
    return reverse("profiles:history", args=[company.pk])


def as_(world: World, name: str, client: Client) -> Client:
    client.force_login(world.people[name])
    return client


def text_of(client: Client, company: Company, **query: Any) -> str:
    """The page as one line of text without tags."""
    from django.utils.html import strip_tags

    response = client.get(address(company), query, headers=HEADERS)
    assert response.status_code == 200
    return " ".join(strip_tags(response.content.decode()).split())


def save_share(client: Client, company: Company, share: int) -> None:
    """As the form does it: through the service, in a request of its own."""
    from pghistory import context

    with context(user=int(client.session["_auth_user_id"]), url="/companies/"):
        services.set_activities(
            company_id=company.pk,
            activities=[ActivityInput(cell=Cell.MAAK_METAAL, turnover_share=share)],
        )


def test_every_tracked_model_of_a_company_is_shown_or_left_out_for_a_reason() -> None:
    of_companies = {
        model._meta.label for model, _ in tracked_models() if path_to_company(model) is not None
    }
    assert of_companies == set(SHOWN) | set(NOT_SHOWN)
    assert all(NOT_SHOWN.values())
    assert not set(SHOWN) & set(NOT_SHOWN)


def test_titles_and_hidden_columns_exist() -> None:
    for table in tables():
        columns = {field.column for field in table.model._meta.concrete_fields}
        assert set(table.shown.title) | table.shown.hidden <= columns, table.label


def test_a_change_is_told_with_its_old_and_new_value(
    world: World, company: Company, client: Client
) -> None:
    owner = world.people[rows.OWNER]
    as_(world, rows.OWNER, client)
    for share in (20, 22, 25):
        save_share(client, company, share)
        # Each in an hour of its own, so that nothing is folded.
        events: Any = Activity.pgh_event_model  # type: ignore[attr-defined]
        moved = timezone.now() - timedelta(hours=30 - share)
        newest = events.objects.filter(company_id=company.pk).order_by("-pgh_id").first()
        events.objects.filter(pk=newest.pk).update(pgh_created_at=moved)
    page = text_of(client, company, part="activities")
    assert f", {owner.full_name}" in page
    assert "Making: metal — share of turnover: 20 % →became 22 %" in page
    assert "share of turnover: 22 % →became 25 %" in page


def test_typing_in_one_go_is_folded_with_the_detail_behind_it(
    world: World, company: Company, client: Client
) -> None:
    as_(world, rows.OWNER, client)
    events: Any = Activity.pgh_event_model  # type: ignore[attr-defined]
    save_share(client, company, 20)
    events.objects.update(pgh_created_at=timezone.now() - timedelta(hours=1))
    for share in (2, 25):
        save_share(client, company, share)
    page = text_of(client, company, part="activities")
    assert "share of turnover: 20 % →became 25 %" in page
    assert "All 2 changes one by one" in page
    assert "share of turnover: 2 % →became 25 %" in page


def test_additions_and_removals_are_told(world: World, company: Company, client: Client) -> None:
    as_(world, rows.OWNER, client)
    events: Any = Activity.pgh_event_model  # type: ignore[attr-defined]
    save_share(client, company, 20)
    assert "Added: Making: metal (share of turnover: 20 %" in text_of(client, company)
    events.objects.update(pgh_created_at=timezone.now() - timedelta(hours=1))
    services.set_activities(company_id=company.pk, activities=[])
    page = text_of(client, company)
    assert "The portal itself" in page
    assert "Removed: Making: metal (share of turnover: 20 %" in page


def test_names_of_staff_depend_on_who_reads(world: World, company: Company, client: Client) -> None:
    from pghistory import context

    for name in (rows.ADVISER, rows.COORDINATOR):
        with context(user=world.people[name].pk, url=f"{reverse('admin:index')}x/"):
            Company.objects.filter(pk=company.pk).update(street=f"Straat van {name}")
    adviser, coordinator = world.people[rows.ADVISER], world.people[rows.COORDINATOR]
    seen_by_owner = text_of(as_(world, rows.OWNER, client), company)
    assert f"{adviser.full_name} (adviser), in the administration" in seen_by_owner
    assert coordinator.full_name not in seen_by_owner
    assert "Government (coordinator), in the administration" in seen_by_owner
    seen_by_adviser = text_of(as_(world, rows.ADVISER, client), company)
    assert f"{coordinator.full_name} (coordinator)" in seen_by_adviser


def test_a_person_who_is_gone_is_a_former_user(
    world: World, company: Company, client: Client
) -> None:
    from pghistory import context

    gone = UserFactory()
    with context(user=gone.pk, url="/"):
        ActivityFactory(company=company, cell=Cell.MAAK_HOUT.value, turnover_share=0)
    gone.delete()
    page = text_of(as_(world, rows.OWNER, client), company)
    assert "Former user" in page


def test_what_a_task_writes_names_no_person(world: World, company: Company, client: Client) -> None:
    with source("profiles.some_task"):
        Company.objects.filter(pk=company.pk).update(street="Taakstraat")
    page = history_page(company_id=company.pk, wanted=Wanted(person="system"))
    assert Actor(None, "profiles.some_task") in {event.who for event in page.events}
    assert "Taakstraat" in text_of(as_(world, rows.OWNER, client), company, person="system")


def test_filters_by_part_person_and_period(world: World, company: Company, client: Client) -> None:
    owner, editor = world.people[rows.OWNER], world.people[rows.EDITOR]
    for person, share in ((owner, 11), (editor, 12)):
        client.force_login(person)
        save_share(client, company, share)
    as_(world, rows.OWNER, client)
    assert "12 %" in text_of(client, company, person=editor.pk)
    assert "11 %" not in text_of(client, company, person=editor.pk, part="workforce")
    by_owner = text_of(client, company, person=owner.pk)
    assert "Added: Making: metal (share of turnover: 11 %" in by_owner
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "No changes here" in text_of(client, company, since=tomorrow)
    assert "11 %" in text_of(client, company, until=timezone.localdate())
    assert "No changes here" in text_of(client, company, until=tomorrow - timedelta(days=2))


@pytest.mark.parametrize(
    "query",
    [
        {"after": "x"},
        {"after": "2026-01-01~0~0"},
        {"after": "2026-01-01T00:00:00+00:00~99999999999999~1"},
        {"after": "2026-01-01T00:00:00+00:00~1~99999999999999"},
        {"person": "9" * 40},
        {"person": "\x00"},
        {"part": "nonsense"},
        {"since": "32/13/2026", "until": "x"},
        {"since": "2026-12-31", "until": "2026-01-01"},
        {"until": "9999-12-31"},
        {"since": "0001-01-01"},
    ],
)
def test_nonsense_in_the_address_is_no_crash(
    query: dict[str, str], world: World, company: Company, client: Client
) -> None:
    as_(world, rows.OWNER, client)
    assert client.get(address(company), query, headers=HEADERS).status_code == 200


def many_changes(company: Company, count: int) -> None:
    """Changes in hours of their own, so that each is a block."""
    for position in range(count):
        Company.objects.filter(pk=company.pk).update(street=f"Straat {position}")
    events: Any = Company.pgh_event_model  # type: ignore[attr-defined]
    for position, event in enumerate(events.objects.filter(pgh_obj_id=company.pk)):
        moment = timezone.now() - timedelta(hours=position)
        events.objects.filter(pk=event.pk).update(pgh_created_at=moment)


def test_pages_hold_every_event_once_and_nothing_of_others(company: Company) -> None:
    many_changes(company, 23)
    other = CompanyFactory()
    many_changes(other, 5)
    seen, after, pages = [], None, 0
    while True:
        page = history_page(company_id=company.pk, wanted=Wanted(), after=after, size=7)
        seen += [(event.row, event.at, event.kind) for event in page.events]
        pages += 1
        if page.older is None:
            break
        after = Cursor.read(str(page.older))
        assert after == page.older
    everything = history_page(company_id=company.pk, wanted=Wanted(), size=10_000).events
    assert seen == [(event.row, event.at, event.kind) for event in everything]
    assert len(seen) >= 24
    assert pages > 3
    assert ("profiles.Company", other.pk) not in {row for row, _, _ in seen}


@pytest.mark.parametrize("count", [0, 30, 150])
def test_the_page_costs_the_same_whatever_the_number(
    count: int, world: World, company: Company, client: Client
) -> None:
    many_changes(company, count)
    services.set_competences(company_id=company.pk, slugs=["haccp"])
    services.assign_adviser(company_id=company.pk, user=world.people[rows.ADVISER])
    for name in (rows.OWNER, rows.ADVISER):
        as_(world, name, client)
        with CaptureQueriesContext(connection) as queries:
            text_of(client, company)
        assert len(queries) <= MOST_QUERIES


def test_the_newest_rows_come_by_an_index(company: Company) -> None:
    """Each history table that has the company as a column can be read newest first."""
    for table in tables():
        path = path_to_company(table.model)
        if path:
            indexes = [tuple(index.fields) for index in table.events._meta.indexes]
            assert (path[0], "-pgh_created_at", "-pgh_id") in indexes, table.label


def test_editors_and_readers_are_refused_and_others_find_nothing(
    world: World, company: Company, client: Client
) -> None:
    wanted = {rows.EDITOR: 403, rows.READER: 403, rows.OTHER_OWNER: 404, rows.ANALYST: 404}
    for name, status in wanted.items():
        assert as_(world, name, client).get(address(company)).status_code == status


def test_a_cursor_with_an_offset_that_the_database_does_not_know() -> None:
    company = CompanyFactory()
    for offset in ("+23:59:59.999999", "-23:59", "+15:59:59"):
        after = Cursor.read(f"2099-01-01T00:00:00{offset}~1~1")
        assert after is not None
        assert history_page(company_id=company.pk, wanted=Wanted(), after=after).events
    assert Cursor.read("0001-01-01T00:00:00+23:59~1~1") is None
