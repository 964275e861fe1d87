"""The pages of the self-assessment, as people use them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.readiness.domain.answers import Entry, Response, fingerprint
from assessments.readiness.domain.parts import TeamShare
from assessments.readiness.models import Answer, Questionnaire, Scan, Statement
from assessments.readiness.selectors import entries
from assessments.readiness.services import Change, save_answers, start_scan
from companies.profiles.enums import MemberRole
from companies.profiles.models import Company, Membership
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.common.vocabulary import Province
from tests.factories import MembershipFactory, UserFactory, staff
from tests.readiness.factories import answer_needs, answered_scan, submitted_scan

pytestmark = pytest.mark.django_db
EVERYWHERE = dict.fromkeys(("wcmt", "e2e", "digital", "human", "network", "eco", "smart"), "3")


@pytest.fixture
def member() -> Membership:
    return MembershipFactory(role=MemberRole.EDITOR)


@pytest.fixture
def company(member: Membership) -> Company:
    return member.company


@pytest.fixture
def editor(client: Client, member: Membership) -> Client:
    client.force_login(member.user)
    return client


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(scan: Scan, slug: str) -> str:
    return reverse("readiness:transition", args=[scan.pk, slug])


def typed(scan: Scan, slug: str, **answers: str) -> dict[str, str]:
    """What a browser sends when the page is opened and some fields are filled in."""
    stored = entries(scan.pk)
    data = {}
    for statement in Statement.objects.filter(
        transition__questionnaire=scan.questionnaire_id, transition__slug=slug
    ):
        entry = stored.get(statement.pk)
        data[f"{statement.slug}-seen"] = fingerprint(entry)
        data[f"{statement.slug}-note"] = entry.note if entry else ""
        if entry:
            data[f"{statement.slug}-answer"] = entry.response.code
    return data | {name.replace("_", "-"): value for name, value in answers.items()}


class TestOverview:
    """Where it starts."""

    def test_empty_state_says_what_to_do(self, editor: Client, company: Company) -> None:
        page = editor.get(reverse("readiness:overview", args=[company.pk]))
        assert page.status_code == 200
        assert reverse("readiness:start", args=[company.pk]) in page.content.decode()

    def test_start_leads_to_the_first_unfinished_page(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        begun = editor.post(reverse("readiness:start", args=[company.pk]))
        scan = Scan.objects.get(company=company)
        assert begun["Location"] == page_of(scan, "wcmt")
        answered_scan(company, member.user, {"wcmt": "2", "e2e": "na"})
        again = editor.post(reverse("readiness:start", args=[company.pk]))
        assert again["Location"] == page_of(scan, "digital")
        modules = {"operator_support": "2", "resilience": "unknown"}
        answered_scan(company, member.user, EVERYWHERE | modules)
        needs = editor.post(reverse("readiness:start", args=[company.pk]))
        assert needs["Location"] == reverse("readiness:needs", args=[scan.pk])
        answer_needs(scan, TeamShare.SOME)
        done = editor.post(reverse("readiness:start", args=[company.pk]))
        assert done["Location"] == reverse("readiness:result", args=[scan.pk])

    def test_without_questionnaire_one_clear_line(self, editor: Client, company: Company) -> None:
        Questionnaire.objects.update(status="retired")
        page = editor.post(reverse("readiness:start", args=[company.pk]), follow=True)
        assert page.status_code == 200
        assert list(page.context["messages"])

    def test_advisers_see_submitted_scans_only(self, company: Company, member: Membership) -> None:
        submitted_scan(company, member.user, {"eco": "3"})
        scan = answered_scan(company, member.user, {"eco": "4"})
        adviser = logged_in(staff(Role.ADVISER, Province.ANTWERPEN))
        page = adviser.get(reverse("readiness:overview", args=[company.pk])).content.decode()
        assert ">T0<" in page.replace(" ", "").replace("\n", "")
        assert ">T1<" not in page.replace(" ", "").replace("\n", "")
        assert adviser.get(reverse("readiness:result", args=[scan.pk])).status_code == 404
        assert adviser.get(page_of(scan, "eco")).status_code == 404


class TestTransition:
    """Answering."""

    def test_all_levels_in_full_with_keyboard_friendly_controls(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = start_scan(company=company, user=member.user)
        page = editor.get(page_of(scan, "eco")).content.decode()
        statements = Statement.objects.filter(transition__slug="eco")
        assert page.count("<fieldset") == page.count("<legend") == len(statements) == 5
        assert page.count('type="radio"') == 7 * 5
        for statement in statements:
            for level in statement.levels.all():
                assert level.text_nl.split("'")[0] in page

    def test_save_and_next(self, editor: Client, company: Company, member: Membership) -> None:
        scan = start_scan(company=company, user=member.user)
        data = typed(scan, "eco", energy_answer="3", energy_note="Meters\r\nbesteld", go="next")
        saved = editor.post(page_of(scan, "eco"), data)
        assert saved["Location"] == page_of(scan, "smart")
        answer = Answer.objects.get(scan=scan)
        assert (answer.level, answer.note) == (3, "Meters\nbesteld")
        assert answer.answered_by == member.user
        # Sending the same page again changes nothing and is no conflict.
        again = typed(scan, "eco", energy_note="Meters\r\nbesteld")
        assert editor.post(page_of(scan, "eco"), again).status_code == 302

    @pytest.mark.parametrize(
        ("slug", "go", "to"),
        [
            ("wcmt", "previous", "wcmt"),
            ("e2e", "previous", "wcmt"),
            ("e2e", "stay", "e2e"),
            ("e2e", "elders", "e2e"),
            ("smart", "next", "operator_support"),
            ("operator_support", "next", "support-needs"),
            ("resilience", "previous", "support-needs"),
            ("resilience", "next", None),
        ],
    )
    def test_where_the_buttons_lead(
        self, editor: Client, member: Membership, slug: str, go: str, to: str | None
    ) -> None:
        scan = start_scan(company=member.company, user=member.user)
        answer = editor.post(page_of(scan, slug), typed(scan, slug, go=go))
        expected = page_of(scan, to) if to else reverse("readiness:result", args=[scan.pk])
        if to == "support-needs":
            expected = reverse("readiness:needs", args=[scan.pk])
        assert answer["Location"] == expected

    @pytest.mark.parametrize(
        "wrong",
        [
            {"energy_answer": "9", "waste_note": "blijft staan"},
            {"energy_answer": "2", "energy_note": "blijft staan" + "x" * 2000},
            {"energy_answer": "2", "energy_evidence": "blijft staan" + "x" * 300},
            {"energy_answer": "2", "energy_note": "blijft staan", "energy_document": "999"},
        ],
    )
    def test_bad_input_keeps_what_was_typed(
        self, editor: Client, company: Company, member: Membership, wrong: dict[str, str]
    ) -> None:
        scan = start_scan(company=company, user=member.user)
        data = typed(scan, "eco", waste_answer="4") | typed(scan, "eco", **wrong)
        data["waste-answer"] = "4"
        page = editor.post(page_of(scan, "eco"), data)
        assert page.status_code == 422
        text = page.content.decode()
        assert "blijft staan" in text
        assert 'id="energy-error"' in text
        assert page.context["form"]["waste-answer"].value() == "4"
        assert not Answer.objects.filter(scan=scan).exists()

    def test_two_people_at_once_lose_nothing_and_are_told(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = start_scan(company=company, user=member.user)
        opened = typed(scan, "eco", energy_answer="2", energy_note="mijn nota", waste_answer="3")
        energy, circular = (
            Statement.objects.get(slug=slug, transition__questionnaire=scan.questionnaire_id)
            for slug in ("energy", "circular-work")
        )
        other = {
            pk: Change(seen=fingerprint(None), typed=Entry(Response.from_code("4")))
            for pk in (energy.pk, circular.pk)
        }
        save_answers(scan_id=scan.pk, user=UserFactory(), changes=other)
        page = editor.post(page_of(scan, "eco"), opened)
        assert page.status_code == 409
        levels = dict(Answer.objects.filter(scan=scan).values_list("statement__slug", "level"))
        assert levels == {"energy": 4, "circular-work": 4, "waste": 3}
        form = page.context["form"]
        assert form["energy-answer"].value() == "2"
        assert form["energy-note"].value() == "mijn nota"
        assert form["circular-work-answer"].value() == "4"
        assert list(form.errors) == ["energy-answer"]
        # Saving the page as it stands now replaces the other answer knowingly.
        knowingly = {name: form[name].value() or "" for name in form.fields}
        assert editor.post(page_of(scan, "eco"), knowingly).status_code == 302
        assert Answer.objects.get(scan=scan, statement=energy).level == 2

    def test_readers_read(self, company: Company, member: Membership) -> None:
        scan = answered_scan(company, member.user, {"eco": "3"})
        reader = MembershipFactory(company=company, role=MemberRole.READER).user
        page = logged_in(reader).get(page_of(scan, "eco"))
        assert page.status_code == 200
        assert "radio" not in page.content.decode()
        refused = logged_in(reader).post(page_of(scan, "eco"), typed(scan, "eco"))
        assert refused.status_code == 403

    def test_a_submitted_scan_stays_as_it_is(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = answered_scan(company, member.user, {"eco": "3"})
        opened = typed(scan, "eco", energy_answer="5")
        editor.post(reverse("readiness:submit", args=[scan.pk]))
        late = editor.post(page_of(scan, "eco"), opened, follow=True)
        assert late.status_code == 200
        assert list(late.context["messages"])
        assert set(Answer.objects.filter(scan=scan).values_list("level", flat=True)) == {3}

    def test_an_unknown_transition_is_not_found(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = start_scan(company=company, user=member.user)
        assert editor.get(page_of(scan, "bestaat-niet")).status_code == 404

    def test_nothing_typed_at_all(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = start_scan(company=company, user=member.user)
        assert editor.post(page_of(scan, "eco"), {"go": "next"}).status_code == 302


class TestResult:
    """What comes out."""

    def test_range_strongest_weakest_and_next_level(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = answered_scan(
            company, member.user, {"eco": "3", "human": "5", "smart": "na", "wcmt": "unknown"}
        )
        page = editor.get(reverse("readiness:result", args=[scan.pk]))
        result = page.context["result"]
        assert result.strongest == ("De mens centraal",)
        assert result.weakest == ("Duurzame productie",)
        text = page.content.decode()
        statement = Statement.objects.get(
            slug="energy", transition__questionnaire=scan.questionnaire
        )
        assert statement.levels.get(number=4).text_nl in text
        assert result.overall_words.startswith("4,0 (")
        assert "radar" in text
        assert reverse("opportunities:overview", args=[company.pk]) in text

    def test_english(self, editor: Client, company: Company, member: Membership) -> None:
        member.user.language = "en"
        member.user.save()
        scan = answered_scan(company, member.user, {"eco": "3"})
        page = editor.get(
            reverse("readiness:result", args=[scan.pk]), headers={"accept-language": "en"}
        ).content.decode()
        assert "Eco Production" in page
        assert "Duurzame productie" not in page

    def test_compared_with_the_moment_before(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        submitted_scan(company, member.user, EVERYWHERE)
        second = submitted_scan(company, member.user, EVERYWHERE | {"eco": "4"})
        result = editor.get(reverse("readiness:result", args=[second.pk])).context["result"]
        assert [line.label for line in result.series] == ["T1", "T0"]
        eco = result.transitions[5]
        assert (eco.history, eco.words) == (("3,0", "4,0"), "4,0")

    def test_submit_once(self, editor: Client, company: Company, member: Membership) -> None:
        scan = answered_scan(company, member.user, {"eco": "3"})
        url = reverse("readiness:submit", args=[scan.pk])
        for _ in range(2):
            page = editor.post(url, follow=True)
            assert page.status_code == 200
        scan.refresh_from_db()
        assert scan.submitted_by == member.user

    def test_an_empty_scan_is_not_submitted(
        self, editor: Client, company: Company, member: Membership
    ) -> None:
        scan = start_scan(company=company, user=member.user)
        page = editor.post(reverse("readiness:submit", args=[scan.pk]), follow=True)
        assert list(page.context["messages"])
        scan.refresh_from_db()
        assert scan.is_open


class TestQueries:
    """Pages cost the same whatever the number of answers; two of them are the navigation."""

    @pytest.mark.parametrize(
        ("name", "slug", "count"),
        [("overview", "", 12), ("result", "", 9), ("transition", "eco", 13)],
    )
    def test_pinned(  # noqa: PLR0917
        self,
        editor: Client,
        member: Membership,
        django_assert_num_queries: Any,
        name: str,
        slug: str,
        count: int,
    ) -> None:
        submitted_scan(member.company, member.user, EVERYWHERE)
        scan = answered_scan(member.company, member.user, EVERYWHERE)
        arguments: list[object] = [member.company_id] if name == "overview" else [scan.pk]
        url = reverse(f"readiness:{name}", args=[*arguments, *([slug] if slug else [])])
        editor.get(url)
        with django_assert_num_queries(count):
            editor.get(url)
