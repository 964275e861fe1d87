"""The frame of the profile: saved by itself, kept when not valid, never overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from companies.profiles import services, tasks
from companies.profiles.domain.completeness import Part
from companies.profiles.models import (
    Company,
    Customer,
    OpportunityOffer,
    PartConfirmation,
    PartDraft,
)
from companies.profiles.services import CustomerInput
from portal.common.autosave import HEADER, LARGEST_DRAFT, LONGEST_VALUE, TOKEN_FIELD
from tests.access import rows
from tests.access.world import World
from tests.factories import CompanyFactory, MembershipFactory
from tests.profiles.rules import broken_rule

AUTOSAVE: dict[str, Any] = {"headers": {HEADER: "1"}}
ENCLAVE_AMOUNT = "amount_enclave"


@pytest.fixture
def company(world: World) -> Company:
    """This company, whose owner and editor read English."""
    for person in world.people.values():
        person.language = "en"
        person.save()
    return world.company


def logged_in(world: World, persona: str) -> Client:
    """A browser of its own for this person."""
    client = Client()
    client.force_login(world.people[persona])
    return client


@pytest.fixture
def owner(world: World, company: Company) -> Client:
    """The owner, logged in."""
    return logged_in(world, rows.OWNER)


@pytest.fixture
def editor(world: World, company: Company) -> Client:
    """The editor, logged in."""
    return logged_in(world, rows.EDITOR)


def url(name: str, company: Company) -> str:
    """The address of a part of this company."""
    return reverse(f"profiles:{name}", args=[company.pk])


def token_on(client: Client, address: str) -> str:
    """The state that the page shows now."""
    return str(client.get(address).context["token"])


def amount(company: Company) -> int | None:
    """What is stored as the offer for enclave work."""
    row = OpportunityOffer.objects.filter(company=company, opportunity="enclave").first()
    return row.amount if row else None


# Autosave


@pytest.mark.django_db
@pytest.mark.parametrize("name", [part.value for part in Part])
def test_every_part_carries_its_state_and_saves_by_itself(
    company: Company, owner: Client, name: str
) -> None:
    page = owner.get(url(name, company))
    shown = page.content.decode()
    assert "data-portal-autosave-status" in shown
    assert f'name="{TOKEN_FIELD}" value="{page.context["token"]}"' in shown
    assert page.context["step"] >= 1


@pytest.mark.django_db
def test_a_valid_form_is_saved_and_gets_the_new_state(company: Company, owner: Client) -> None:
    address = url("offers", company)
    first = token_on(owner, address)
    answer = owner.post(address, {ENCLAVE_AMOUNT: "12", TOKEN_FIELD: first}, **AUTOSAVE).json()
    assert answer["state"] == "saved"
    assert answer["message"].startswith("Saved at ")
    assert answer["token"] == token_on(owner, address) != first
    assert amount(company) == 12

    again = {ENCLAVE_AMOUNT: "13", TOKEN_FIELD: answer["token"]}
    assert owner.post(address, again, **AUTOSAVE).json()["state"] == "saved"
    assert amount(company) == 13


@pytest.mark.django_db
def test_what_is_not_valid_is_kept_told_at_its_field_and_shown_again(
    company: Company, owner: Client, editor: Client
) -> None:
    address = url("offers", company)
    before = amount(company)
    data = {ENCLAVE_AMOUNT: "veel", TOKEN_FIELD: token_on(owner, address), "rugnummer": "12"}
    answer = owner.post(address, data, **AUTOSAVE)
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [ENCLAVE_AMOUNT]
    assert answer.json()["message"] == "Not saved yet: 1 message"
    assert amount(company) == before

    page = owner.get(address)
    assert "Not saved yet: below stands what you typed" in page.content.decode()
    assert 'value="veel"' in page.content.decode()
    assert page.context["form"].errors[ENCLAVE_AMOUNT]
    # It belongs to this person, and nothing that the form does not know is in it.
    assert "veel" not in editor.get(address).content.decode()
    draft = PartDraft.objects.get()
    assert "rugnummer" not in draft.fields
    assert TOKEN_FIELD not in draft.fields

    owner.post(address, {ENCLAVE_AMOUNT: "8", TOKEN_FIELD: page.context["token"]}, **AUTOSAVE)
    assert amount(company) == 8
    assert not PartDraft.objects.exists()


@pytest.mark.django_db
def test_a_draft_is_thrown_away_on_request(company: Company, owner: Client) -> None:
    address = url("offers", company)
    owner.post(address, {ENCLAVE_AMOUNT: "veel"})
    assert PartDraft.objects.count() == 1
    owner.post(address, {"discard_draft": "yes"})
    assert not PartDraft.objects.exists()
    assert "veel" not in owner.get(address).content.decode()


@pytest.mark.django_db
def test_a_draft_has_a_limit(company: Company, owner: Client) -> None:
    address = url("customers", company)
    management = {"customer-TOTAL_FORMS": "1", "customer-INITIAL_FORMS": "0"}
    owner.post(address, management | {"customer-0-name": "x" * 5_000 + "\0"})
    draft = PartDraft.objects.get()
    assert len(draft.fields["customer-0-name"][0]) == LONGEST_VALUE
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        PartDraft.objects.update(fields={"a": ["x" * 3 * LARGEST_DRAFT]})
    assert broken_rule(broken.value) == "part_draft_size"

    many = {f"customer-{n}-name": "x" * 400 for n in range(60)}
    more = {f"customer-{n}-enterprise_number": "y" * 700 for n in range(60)}
    more |= {f"customer-{n}-turnover_share": "y" * 700 for n in range(60)}
    management["customer-TOTAL_FORMS"] = "60"
    assert owner.post(address, management | many | more).status_code == 200
    draft.refresh_from_db()
    assert len(draft.fields) < 10  # too large: the earlier one stays


@pytest.mark.django_db
def test_old_drafts_go(company: Company, owner: Client) -> None:
    owner.post(url("offers", company), {ENCLAVE_AMOUNT: "veel"})
    tasks.prune_drafts()
    assert PartDraft.objects.count() == 1
    PartDraft.objects.update(saved_at=timezone.now() - timedelta(days=31))
    tasks.prune_drafts()
    assert not PartDraft.objects.exists()


# Two people


@pytest.mark.django_db
def test_the_second_is_told_and_nothing_is_lost(
    company: Company, owner: Client, editor: Client
) -> None:
    address = url("offers", company)
    first = token_on(owner, address)
    assert token_on(editor, address) == first
    owner.post(address, {ENCLAVE_AMOUNT: "12", TOKEN_FIELD: first})

    late = {ENCLAVE_AMOUNT: "20", TOKEN_FIELD: first}
    assert editor.post(address, late, **AUTOSAVE).json()["state"] == "changed"
    page = editor.post(address, late)
    assert page.status_code == 409
    assert amount(company) == 12
    found = {one.label: (one.theirs, one.mine) for one in page.context["differences"]}
    assert ("12", "20") in found.values()
    assert 'value="20"' in page.content.decode()
    assert "Save mine" in page.content.decode()
    # Whoever comes back later is still told.
    assert token_on(editor, address) == first

    editor.post(address, {ENCLAVE_AMOUNT: "20", TOKEN_FIELD: page.context["token"]})
    assert amount(company) == 20


@pytest.mark.django_db
def test_rows_of_a_list_are_compared_by_name(
    company: Company, owner: Client, editor: Client
) -> None:
    address = url("customers", company)
    company.customers.all().delete()
    Customer.objects.create(company=company, name="Een", nace_division="10", turnover_share=10)
    before = token_on(editor, address)
    company.customers.update(turnover_share=30)
    Customer.objects.create(company=company, name="Twee", nace_division="10", turnover_share=5)
    typed = {
        "customer-TOTAL_FORMS": "2",
        "customer-INITIAL_FORMS": "1",
        "customer-0-name": "Een",
        "customer-0-nace_division": "10",
        "customer-0-turnover_share": "10",
        "customer-1-name": "Drie",
        "customer-1-nace_division": "25",
        "customer-1-turnover_share": "7",
        TOKEN_FIELD: before,
    }
    page = editor.post(address, typed)
    found = {one.label: (one.theirs, one.mine) for one in page.context["differences"]}
    assert found == {
        "Een: Share of turnover (%)": ("30", "10"),
        "Twee": ("in the list", "not in the list"),
        "Drie": ("not in the list", "in the list"),
    }


@pytest.mark.django_db
def test_two_who_type_the_same_do_not_meet(company: Company, owner: Client, editor: Client) -> None:
    address = url("offers", company)
    first = token_on(owner, address)
    for client in (owner, editor):
        assert client.post(address, {ENCLAVE_AMOUNT: "12", TOKEN_FIELD: first}).status_code == 302
    assert amount(company) == 12


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_refused() -> None:
    """Both saw the same state; the second waits for the lock and then sees the first's."""
    company: Company = CompanyFactory()
    people = [MembershipFactory(company=company).user for _ in range(2)]
    barrier = Barrier(2)
    outcomes: list[str] = []

    def state() -> str:
        return ",".join(company.customers.order_by("pk").values_list("name", flat=True))

    def save(name: str, by: Any) -> None:
        def write() -> None:
            services.set_customers(
                company_id=company.pk,
                customers=[CustomerInput(name=name, nace_division="10", turnover_share=60)],
            )

        barrier.wait(timeout=10)
        try:
            services.save_part(
                company_id=company.pk,
                part=Part.CUSTOMERS,
                draft="customers",
                by=by,
                at=timezone.now(),
                expected="niemand",
                stored=lambda: state() or "niemand",
                write=write,
            )
            outcomes.append(name)
        except services.ChangedMeanwhileError:
            outcomes.append("refused")
        finally:
            connection.close()

    run: Callable[..., Thread] = lambda name, by: Thread(target=save, args=(name, by))  # noqa: E731
    threads = [run(f"klant {n}", by) for n, by in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert outcomes.count("refused") == 1
    kept = next(name for name in outcomes if name != "refused")
    assert state() == kept


# Confirming


@pytest.mark.django_db
def test_none_is_an_answer_in_one_click(company: Company, owner: Client) -> None:
    company.competences.clear()
    row = row_of(owner, company, "competences")
    assert (row.is_done, row.may_be_none) == (False, True)
    owner.post(reverse("profiles:confirm", args=[company.pk, "competences"]))
    assert row_of(owner, company, "competences").is_done
    assert not row_of(owner, company, "offers").may_be_none


@pytest.mark.django_db
def test_after_a_year_a_part_is_to_be_checked_again(company: Company, owner: Client) -> None:
    address = url("activities", company)
    assert not row_of(owner, company, "activities").is_stale
    services.confirm_part(
        company_id=company.pk,
        part=Part.ACTIVITIES,
        by=company.created_by,
        at=timezone.now() - timedelta(days=400),
    )
    assert row_of(owner, company, "activities").is_stale
    assert "Still right" in owner.get(address).content.decode()
    owner.post(reverse("profiles:confirm", args=[company.pk, "activities"]))
    assert not row_of(owner, company, "activities").is_stale
    assert "Still right" not in owner.get(address).content.decode()


@pytest.mark.django_db
def test_saving_confirms_once_a_day(company: Company, owner: Client) -> None:
    address = url("offers", company)
    for typed in ("3", "4", "5"):
        owner.post(address, {ENCLAVE_AMOUNT: typed})
    row = PartConfirmation.objects.get(company=company, part="offers")
    assert type(row).pgh_event_model.objects.filter(pgh_obj_id=row.pk).count() == 1


@pytest.mark.django_db
def test_an_unknown_part_is_not_there(company: Company, owner: Client) -> None:
    assert owner.post(f"/companies/{company.pk}/confirm/dromen/").status_code == 404


def row_of(client: Client, company: Company, part: str) -> Any:
    """The line of this part on the page of the company."""
    found = client.get(reverse("profiles:company", args=[company.pk])).context["rows"]
    return next(row for row in found if row.part == part)


@pytest.mark.django_db
def test_save_and_next_goes_on(company: Company, owner: Client) -> None:
    answer = owner.post(url("offers", company), {ENCLAVE_AMOUNT: "3", "go": "next"})
    assert answer.headers["Location"] == url("competences", company)


@pytest.mark.parametrize("token", ["\0", "a\0b", "x" * 1000])
def test_a_token_that_we_never_gave_is_no_crash_and_no_way_round(
    owner: Client, company: Company, token: str
) -> None:
    address = reverse("profiles:offers", args=[company.pk])
    wrong = owner.post(address, {ENCLAVE_AMOUNT: "veel", TOKEN_FIELD: token}, **AUTOSAVE)
    assert wrong.status_code == 422
    right = owner.post(address, {ENCLAVE_AMOUNT: "13", TOKEN_FIELD: token}, **AUTOSAVE)
    assert right.status_code == 409
    assert not OpportunityOffer.objects.filter(company=company, amount=13).exists()
