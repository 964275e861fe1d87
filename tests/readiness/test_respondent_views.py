"""Pages of respondents: one's own view, views side by side, settling."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.readiness.domain.parts import RespondentFunction
from assessments.readiness.models import Answer, Respondent, RespondentAnswer, Scan
from assessments.readiness.services import start_scan, submit_scan
from companies.profiles.enums import MemberRole
from companies.profiles.models import Membership
from companies.profiles.services import close_company
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.common.autosave import HEADER
from portal.common.vocabulary import Province
from tests.factories import MembershipFactory, staff
from tests.readiness.factories import answer_all, give_view, statement_of

pytestmark = pytest.mark.django_db
GUIDE, PRODUCTION = RespondentFunction.GUIDE, RespondentFunction.PRODUCTION


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def member() -> Membership:
    return MembershipFactory(role=MemberRole.OWNER)


@pytest.fixture
def scan(member: Membership) -> Scan:
    return start_scan(company=member.company, user=member.user)


@pytest.fixture
def owner(member: Membership) -> Client:
    return logged_in(member.user)


@pytest.fixture
def reader(scan: Scan) -> User:
    """A guide, who may only read the facts of the company."""
    person: User = MembershipFactory(company=scan.company, role=MemberRole.READER).user
    return person


def colleague(scan: Scan, function: RespondentFunction, **codes: str) -> User:
    """Somebody with a view by slug of the statement."""
    person: User = MembershipFactory(company=scan.company, role=MemberRole.EDITOR).user
    give_view(scan, person, function, codes)
    return person


def address(name: str, scan: Scan, *more: object) -> str:
    return reverse(f"readiness:{name}", args=[scan.pk, *more])


def typed(client: Client, scan: Scan, **values: str) -> dict[str, str]:
    """What a browser sends from the page of one's own view on eco, with some fields filled in."""
    page = client.get(address("my_view_transition", scan, "eco"))
    form = page.context["form"]
    data = {name: str(form[name].value() or "") for name in form.fields}
    data["state_token"] = page.context["token"]
    return data | {name.replace("_", "-"): value for name, value in values.items()}


class TestTakingPart:
    """Choosing a function, then one's progress."""

    def test_a_reader_takes_part_and_begins(self, scan: Scan, reader: User) -> None:
        browser = logged_in(reader)
        first = browser.get(address("my_view", scan)).content.decode()
        assert first.count('type="radio"') == 4
        part = address("my_view_transition", scan, "wcmt")
        assert part not in first, "nothing to answer before taking part"
        joined = browser.post(address("my_view", scan), {"function": "guide"}, follow=True)
        assert part in joined.content.decode()
        assert Respondent.objects.get(scan=scan).user == reader

    @pytest.mark.parametrize("data", [{}, {"function": "kok"}])
    def test_without_a_function_it_says_so(
        self, scan: Scan, reader: User, data: dict[str, str]
    ) -> None:
        page = logged_in(reader).post(address("my_view", scan), data)
        assert page.status_code == 422
        assert 'id="function-error"' in page.content.decode()
        assert not Respondent.objects.exists()

    def test_a_part_asks_for_the_function_first(self, scan: Scan, reader: User) -> None:
        part = address("my_view_transition", scan, "eco")
        browser = logged_in(reader)
        for answer in (browser.get(part), browser.post(part, {"energy-answer": "2"})):
            assert answer["Location"] == address("my_view", scan)

    def test_a_closed_company_is_only_read(self, scan: Scan, reader: User) -> None:
        give_view(scan, reader, GUIDE, {"energy": "2"})
        close_company(company_id=scan.company_id, by=reader, reason="Fusie", now=timezone.now())
        browser = logged_in(reader)
        part = address("my_view_transition", scan, "eco")
        for url in (address("my_view", scan), part):
            page = browser.get(url)
            assert page.status_code == 200
            assert 'type="radio"' not in page.content.decode()
            assert browser.post(url, {"function": "guide"}).status_code == 403


class TestMyView:
    """One part a page, for oneself alone."""

    @pytest.fixture
    def guide(self, scan: Scan, reader: User) -> Client:
        give_view(scan, reader, GUIDE, {"waste": "4"})
        return logged_in(reader)

    def test_it_does_not_show_what_others_think(
        self, scan: Scan, guide: Client, member: Membership
    ) -> None:
        answer_all(scan, member.user, {"eco": "5"})
        form = guide.get(address("my_view_transition", scan, "eco")).context["form"]
        assert (form["energy-answer"].value(), form["waste-answer"].value()) == ("", "4")

    @pytest.mark.parametrize(
        ("slug", "go", "to"),
        [
            ("eco", "next", "smart"),
            ("eco", "previous", "network"),
            ("eco", "stay", "eco"),
            ("wcmt", "previous", "wcmt"),
            ("resilience", "next", None),
        ],
    )
    def test_where_the_buttons_lead(
        self, scan: Scan, guide: Client, slug: str, go: str, to: str | None
    ) -> None:
        token = guide.get(address("my_view_transition", scan, slug)).context["token"]
        stored = {"waste-answer": "4"} if slug == "eco" else {}
        data = {"go": go, "state_token": token, **stored}
        answer = guide.post(address("my_view_transition", scan, slug), data)
        expected = address("my_view_transition", scan, to) if to else address("my_view", scan)
        assert answer["Location"] == expected

    def test_it_saves_itself_again_and_again(self, scan: Scan, guide: Client) -> None:
        page = address("my_view_transition", scan, "eco")
        data = typed(guide, scan, energy_answer="2", energy_note="meters\r\noud")
        for code in ("2", "3", "na"):
            data["energy-answer"] = code
            answer = guide.post(page, data, headers={HEADER: "1"})
            assert (answer.status_code, answer.json()["state"]) == (200, "saved")
            data["state_token"] = answer.json()["token"]
        kept = RespondentAnswer.objects.get(statement=statement_of(scan, "energy"))
        assert (kept.kind, kept.note) == ("na", "meters\noud")

    def test_a_note_without_an_answer_is_told_at_its_place(self, scan: Scan, guide: Client) -> None:
        page = address("my_view_transition", scan, "eco")
        data = typed(guide, scan, energy_note="blijft staan")
        shown = guide.post(page, data)
        assert shown.status_code == 422
        assert "blijft staan" in shown.content.decode()
        assert 'id="energy-error"' in shown.content.decode()
        assert shown.context["token"] == data["state_token"]
        by_itself = guide.post(page, data, headers={HEADER: "1"})
        assert (by_itself.status_code, list(by_itself.json()["fields"])) == (422, ["energy-answer"])

    def test_two_devices_lose_nothing_and_are_told(
        self, scan: Scan, guide: Client, reader: User
    ) -> None:
        page = address("my_view_transition", scan, "eco")
        opened = typed(guide, scan, energy_answer="2", energy_note="mijn nota")
        give_view(scan, reader, GUIDE, {"energy": "5", "circular-work": "1"})
        assert guide.post(page, opened, headers={HEADER: "1"}).json()["state"] == "changed"
        shown = guide.post(page, opened)
        assert shown.status_code == 409
        form = shown.context["form"]
        assert list(form.errors) == ["energy-answer"]
        assert form["energy-note"].value() == "mijn nota"
        assert form["circular-work-answer"].value() == "1"
        knowingly = {name: form[name].value() for name in form.fields}
        knowingly["state_token"] = shown.context["token"]
        assert guide.post(page, knowingly).status_code == 302
        levels = dict(RespondentAnswer.objects.values_list("statement__slug", "level"))
        assert levels == {"energy": 2, "waste": 4, "circular-work": 1}

    @pytest.mark.parametrize("token", ["", "x", "none.none", "...."])
    def test_a_page_that_is_not_ours_overwrites_nothing(
        self, scan: Scan, guide: Client, token: str
    ) -> None:
        page = address("my_view_transition", scan, "eco")
        assert guide.post(page, {"waste-answer": "1", "state_token": token}).status_code == 409
        assert RespondentAnswer.objects.get().level == 4

    def test_a_submitted_scan_keeps_the_views(
        self, scan: Scan, guide: Client, member: Membership
    ) -> None:
        opened = typed(guide, scan, energy_answer="2")
        answer_all(scan, member.user, {"eco": "4"})
        submit_scan(scan_id=scan.pk, user=member.user)
        page = address("my_view_transition", scan, "eco")
        for url, data in ((page, opened), (address("my_view", scan), {"function": "other"})):
            late = guide.post(url, data)
            assert late["Location"] == address("result", scan)
        text = guide.get(page).content.decode()
        assert 'type="radio"' not in text
        level = statement_of(scan, "waste").levels.get(number=4)
        assert level.text_nl.split("'")[0] in text
        assert guide.get(address("my_view", scan)).status_code == 200

    def test_an_unknown_part_is_not_found(self, scan: Scan, guide: Client) -> None:
        assert guide.get(address("my_view_transition", scan, "niets")).status_code == 404


class TestDiscuss:
    """Views side by side."""

    def test_an_empty_page_says_how_to_begin(self, scan: Scan, owner: Client) -> None:
        text = owner.get(address("discuss", scan)).content.decode()
        assert address("my_view", scan) in text
        assert reverse("profiles:members", args=[scan.company_id]) in text

    def test_only_points_or_all_views(self, scan: Scan, owner: Client) -> None:
        colleague(scan, GUIDE, energy="2", waste="3")
        producer = colleague(scan, PRODUCTION, energy="4", waste="3")
        page = owner.get(address("discuss", scan))
        points = [card.item.statement.slug for card in page.context["groups"]["points"]]
        assert points == ["energy"]
        text = page.content.decode()
        assert f"({producer.full_name})" in text
        assert "<svg" in text
        every = owner.get(address("discuss", scan) + "?show=all").context["groups"]["all"]
        assert [card.item.statement.slug for card in every] == ["energy", "waste"]

    def test_the_picture_counts_colleagues_and_marks_the_company(
        self, scan: Scan, owner: Client, member: Membership
    ) -> None:
        colleague(scan, GUIDE, energy="2")
        colleague(scan, PRODUCTION, energy="2")
        answer_all(scan, member.user, {"eco": "4"})
        (card,) = owner.get(address("discuss", scan)).context["groups"]["points"]
        marks = card.picture.marks
        assert [mark.count for mark in marks] == [0, 2, 0, 0, 0]
        assert [mark.is_company for mark in marks] == [False, False, False, True, False]
        assert (card.picture.start, card.picture.end) == (marks[1].x, marks[3].x)
        assert [mark.x for mark in marks] == ["30", "90", "150", "210", "270"]

    def test_an_adviser_sees_functions_and_only_after_submission(
        self, scan: Scan, member: Membership
    ) -> None:
        guide = colleague(scan, GUIDE, energy="2")
        RespondentAnswer.objects.update(note="Piet van lijn 2")
        answer_all(scan, member.user, {"eco": "4"})
        watchers = [staff(Role.ADVISER, Province.ANTWERPEN), staff(Role.ADMINISTRATOR)]
        for watcher in watchers:
            assert logged_in(watcher).get(address("discuss", scan)).status_code == 404
        submit_scan(scan_id=scan.pk, user=member.user, accepted=1)
        for watcher in watchers:
            page = logged_in(watcher).get(address("discuss", scan) + "?show=all")
            text = page.content.decode()
            (card,) = page.context["groups"]["all"]
            assert card.lines[0].answer in text
            for secret in (guide.full_name, "Piet van lijn 2", member.user.full_name):
                assert secret not in text

    def test_editors_and_readers_read(self, scan: Scan, reader: User) -> None:
        editor = colleague(scan, GUIDE, energy="2")
        colleague(scan, PRODUCTION, energy="5")
        settle = address("settle", scan, statement_of(scan, "energy").pk)
        for person in (editor, reader):
            browser = logged_in(person)
            assert settle not in browser.get(address("discuss", scan)).content.decode()
            assert browser.post(settle, {"answer": "3"}).status_code == 403


class TestSettle:
    """The owner decides on the page."""

    @pytest.fixture(autouse=True)
    def differ(self, scan: Scan) -> None:
        colleague(scan, GUIDE, energy="2", waste="1")
        colleague(scan, PRODUCTION, energy="4", waste="4")

    def url(self, scan: Scan) -> str:
        return address("settle", scan, statement_of(scan, "energy").pk)

    def test_it_is_settled_and_shown_so(self, scan: Scan, owner: Client) -> None:
        data = {"answer": "3", "note": "na\r\noverleg", "seen": "none", "show": "all"}
        done = owner.post(self.url(scan), data)
        assert done["Location"] == address("discuss", scan) + "?show=all"
        answer = Answer.objects.get(scan=scan)
        assert (answer.level, answer.note) == (3, "na\noverleg")
        groups = owner.get(address("discuss", scan)).context["groups"]
        assert [card.item.statement.slug for card in groups["points"]] == ["waste"]
        assert [card.item.statement.slug for card in groups["settled"]] == ["energy"]

    @pytest.mark.parametrize(
        "data",
        [
            {"note": "blijft staan"},
            {"answer": "9", "note": "blijft staan"},
            {"answer": "3", "note": "blijft staan" + "x" * 2000},
        ],
    )
    def test_bad_input_is_told_and_kept(
        self, scan: Scan, owner: Client, data: dict[str, str]
    ) -> None:
        page = owner.post(self.url(scan), data)
        assert page.status_code == 422
        text = page.content.decode()
        assert "blijft staan" in text
        assert f'id="settle-{statement_of(scan, "energy").pk}-error"' in text
        assert not Answer.objects.exists()

    def test_somebody_answered_meanwhile(
        self, scan: Scan, owner: Client, member: Membership
    ) -> None:
        answer_all(scan, member.user, {"eco": "5"})
        page = owner.post(self.url(scan), {"answer": "3", "note": "n", "seen": "none"})
        assert page.status_code == 409
        shown = page.context["bad"]
        assert shown["answer"].value() == "3"
        again = {name: shown[name].value() for name in shown.fields}
        assert owner.post(self.url(scan), again).status_code == 302
        assert Answer.objects.get(statement=statement_of(scan, "energy")).level == 3

    def test_not_for_a_statement_elsewhere(self, scan: Scan, owner: Client) -> None:
        assert owner.post(address("settle", scan, 10**9), {"answer": "3"}).status_code == 404

    def test_not_after_submission(self, scan: Scan, owner: Client, member: Membership) -> None:
        answer_all(scan, member.user, {"human": "4"})
        submit_scan(scan_id=scan.pk, user=member.user, accepted=2)
        for url in (self.url(scan), address("take_over", scan)):
            late = owner.post(url, {"answer": "3", "seen": "none"})
            assert late["Location"] == address("result", scan)

    def test_taking_over_what_all_agree_on(self, scan: Scan, owner: Client) -> None:
        for function in (GUIDE, PRODUCTION):
            colleague(scan, function, **{"circular-work": "3"})
        assert address("take_over", scan) in owner.get(address("discuss", scan)).content.decode()
        owner.post(address("take_over", scan))
        assert Answer.objects.get(scan=scan).level == 3
        assert address("take_over", scan) not in (
            owner.get(address("discuss", scan)).content.decode()
        )


class TestSubmit:
    """What is left is told before it is submitted."""

    def test_an_owner_sees_how_many_and_then_submits(
        self, scan: Scan, owner: Client, member: Membership
    ) -> None:
        answer_all(scan, member.user, {"eco": "3"})
        colleague(scan, GUIDE, energy="1")
        first = owner.post(address("submit", scan))
        assert first["Location"] == address("discuss", scan)
        scan.refresh_from_db()
        assert scan.is_open
        page = owner.get(address("discuss", scan))
        assert 'name="points" value="1"' in page.content.decode()
        owner.post(address("submit", scan), {"points": "1"})
        scan.refresh_from_db()
        assert not scan.is_open

    @pytest.mark.parametrize("points", ["", "-1", "één", "99999", "²"])
    def test_nonsense_accepts_nothing(
        self, scan: Scan, owner: Client, member: Membership, points: str
    ) -> None:
        answer_all(scan, member.user, {"eco": "3"})
        colleague(scan, GUIDE, energy="1")
        assert owner.post(address("submit", scan), {"points": points}).status_code == 302
        scan.refresh_from_db()
        assert scan.is_open

    def test_an_editor_is_told_to_wait(self, scan: Scan, member: Membership) -> None:
        answer_all(scan, member.user, {"eco": "3"})
        editor = logged_in(colleague(scan, GUIDE, energy="1"))
        page = editor.post(address("submit", scan), {"points": "1"}, follow=True)
        assert list(page.context["messages"])
        assert 'name="points"' not in page.content.decode()
        scan.refresh_from_db()
        assert scan.is_open


class TestQueries:
    """Pages cost the same whatever the number of respondents."""

    @pytest.mark.parametrize(
        ("name", "more", "count"),
        [
            ("discuss", (), 12),
            ("discuss", ("?show=all",), 12),
            ("my_view", (), 8),
            ("my_view_transition", ("eco",), 12),
        ],
    )
    def test_pinned(  # noqa: PLR0917
        self,
        scan: Scan,
        owner: Client,
        member: Membership,
        django_assert_num_queries: Any,
        name: str,
        more: tuple[str, ...],
        count: int,
    ) -> None:
        give_view(scan, member.user, PRODUCTION, {"energy": "1", "waste": "1"})
        for code in ("2", "4", "5"):
            colleague(scan, GUIDE, energy=code, waste=code)
        slugs = [one for one in more if not one.startswith("?")]
        url = address(name, scan, *slugs) + "".join(one for one in more if one.startswith("?"))
        owner.get(url)
        with django_assert_num_queries(count):
            owner.get(url)
