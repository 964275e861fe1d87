"""Answering a scan: it saves itself, two people at once, settled answers, evidence."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.readiness.domain.answers import Entry, Response
from assessments.readiness.models import Answer, Scan, Statement
from assessments.readiness.selectors import entries
from assessments.readiness.services import start_scan, submit_scan
from companies.profiles import services as profiles
from companies.profiles.domain.files import examine
from companies.profiles.enums import MemberRole
from companies.profiles.models import Company, Document, Membership
from portal.common.autosave import HEADER
from tests.factories import CompanyFactory, MembershipFactory
from tests.profiles.samples import pdf
from tests.readiness.factories import answer_all, answered_scan
from tests.readiness.tabs import Tab

pytestmark = pytest.mark.django_db
KEPT_AS_UNKNOWN = "A note without an answer is kept as “Don't know”."


@pytest.fixture
def company() -> Company:
    return CompanyFactory()


@pytest.fixture
def owner(company: Company) -> Membership:
    return company.memberships.get(role=MemberRole.OWNER)


@pytest.fixture
def editor(company: Company) -> Membership:
    return MembershipFactory(company=company, role=MemberRole.EDITOR)


@pytest.fixture
def scan(company: Company, owner: Membership) -> Scan:
    return start_scan(company=company, user=owner.user)


def tab(member: Membership, scan: Scan, slug: str = "eco") -> Tab:
    return Tab(member, reverse("readiness:transition", args=[scan.pk, slug]))


def stored(scan: Scan) -> dict[str, Entry]:
    """What is stored by slug of the statement; slugs of other parts may repeat."""
    slugs = dict(Statement.objects.filter(transition__slug="eco").values_list("pk", "slug"))
    return {slugs[pk]: entry for pk, entry in entries(scan.pk).items() if pk in slugs}


def level(number: int, *rest: Any) -> Entry:
    return Entry(Response.from_code(str(number)), *rest)


def document(company: Company, title: str = "Energiescan 2026") -> Document:
    return profiles.add_document(
        company_id=company.pk,
        by=company.memberships.get(role=MemberRole.OWNER).user,
        details=profiles.DocumentInput(kind="other", title=title),
        file=examine(f"{title}.pdf", pdf(title)),
    )


def settle(scan: Scan, owner: Membership, slug: str) -> Answer:
    """What the owner's decision after a discussion leaves behind."""
    answer = Answer.objects.get(scan=scan, statement__slug=slug)
    answer.settled_at, answer.settled_by = timezone.now(), owner.user
    answer.save()
    return answer


class TestSavesItself:
    """Without a button, and again and again on the same page."""

    def test_answer_by_answer(self, editor: Membership, scan: Scan) -> None:
        page = tab(editor, scan)
        told = page.types(energy_answer="2").saves_itself()
        assert (told["state"], told["message"][:9]) == ("saved", "Saved at ")
        assert told["shown"]["answered"] == "1 of 54 answered"
        assert (told["shown"]["answered-bar"], told["shown"]["step-eco"]) == (1, "1 of 5")
        # The page is not in conflict with its own earlier save.
        page.types(energy_answer="3", waste_answer="na", waste_note="wij hebben geen afval")
        assert page.saves_itself()["state"] == "saved"
        assert stored(scan)["energy"] == level(3)
        assert stored(scan)["waste"] == Entry(Response.from_code("na"), "wij hebben geen afval")
        assert page.saves(go="next").status_code == 302

    def test_a_full_page_is_announced_once_it_is_full(self, editor: Membership, scan: Scan) -> None:
        page = tab(editor, scan)
        slugs = list(
            Statement.objects.filter(transition__slug="eco").values_list("slug", flat=True)
        )
        for slug in slugs[:-1]:
            assert "complete" not in page.types(**{f"{slug}-answer": "3"}).saves_itself()["message"]
        done = page.types(**{f"{slugs[-1]}-answer": "unknown"}).saves_itself()
        assert done["message"].endswith("This page is complete.")

    def test_what_is_wrong_is_told_at_its_field_and_keeps_back_nothing_else(
        self, editor: Membership, scan: Scan
    ) -> None:
        page = tab(editor, scan)
        page.types(energy_answer="2", energy_note="x" * 2001, waste_answer="4")
        told = page.saves_itself()
        assert told["state"] == "partly"
        assert list(told["fields"]) == ["energy-note"]
        assert "values" in told
        assert stored(scan) == {"waste": level(4)}
        page.types(energy_note="korter")
        assert page.saves_itself()["state"] == "saved"
        assert stored(scan)["energy"] == level(2, "korter")

    def test_a_note_in_lines_counts_each_line_end_once(
        self, editor: Membership, scan: Scan
    ) -> None:
        lines = "\r\n".join(["x" * 99] * 20)  # 2,018 characters as sent, 1,999 as typed
        page = tab(editor, scan).types(energy_answer="2", energy_note=lines)
        assert page.saves_itself()["state"] == "saved"
        assert stored(scan)["energy"].note == lines.replace("\r", "")

    def test_a_note_before_the_answer_is_kept_as_dont_know(
        self, editor: Membership, scan: Scan
    ) -> None:
        page = tab(editor, scan).types(energy_note="vragen aan Rik")
        assert page.saves_itself()["message"].endswith(KEPT_AS_UNKNOWN)
        unknown = Entry(Response.from_code("unknown"), "vragen aan Rik")
        assert stored(scan) == {"energy": unknown}
        # The level comes later, or the note goes again: the page follows.
        page.types(energy_answer="4").saves_itself()
        assert stored(scan) == {"energy": level(4, "vragen aan Rik")}
        again = tab(editor, scan).types(waste_note="even niet")
        again.saves_itself()
        again.types(waste_note="").saves_itself()
        assert "waste" not in stored(scan)

    def test_the_button_keeps_a_note_alone_too_and_says_so(
        self, editor: Membership, scan: Scan
    ) -> None:
        page = tab(editor, scan).types(energy_evidence="meterstanden in het logboek")
        answer = page.client.post(page.url, page.fields, follow=True)
        assert KEPT_AS_UNKNOWN in [str(message) for message in answer.context["messages"]]
        assert stored(scan)["energy"].response.code == "unknown"

    def test_a_statement_that_was_not_sent_is_left_alone(
        self, editor: Membership, scan: Scan
    ) -> None:
        answer_all(scan, editor.user, {"eco": "3"})
        page = tab(editor, scan)
        page.fields = {name: value for name, value in page.fields.items() if "waste" not in name}
        page.types(energy_answer="1").saves_itself()
        assert stored(scan)["waste"] == level(3)
        assert stored(scan)["energy"] == level(1)

    def test_after_submission_it_says_so_where_it_stands(
        self, editor: Membership, scan: Scan
    ) -> None:
        page = tab(editor, scan).types(energy_answer="2")
        page.saves_itself()
        submit_scan(scan_id=scan.pk, user=editor.user)
        told = page.types(energy_answer="5").saves_itself()
        assert (told["state"], "values" in told) == ("refused", False)
        assert stored(scan) == {"energy": level(2)}

    def test_readers_do_not_save(self, company: Company, scan: Scan) -> None:
        reader = MembershipFactory(company=company, role=MemberRole.READER)
        page = tab(reader, scan)
        assert "data-portal-autosave" not in page.page.content.decode()
        refused = page.client.post(page.url, {"energy-answer": "2"}, headers={HEADER: "1"})
        assert refused.status_code == 403

    def test_going_on_at_another_device(self, editor: Membership, scan: Scan) -> None:
        """Half a page on the phone; the computer opens at the first unfinished page."""
        answer_all(scan, editor.user, {"wcmt": "2", "e2e": "na"})
        phone = tab(editor, scan, "digital")
        first = next(iter(phone.fields)).rsplit("-", 1)[0]
        phone.types(**{f"{first}-answer": "3", f"{first}-note": "half werk"}).saves_itself()
        computer = Client()
        computer.force_login(editor.user)
        there = computer.post(reverse("readiness:start", args=[scan.company_id]), follow=True)
        assert there.redirect_chain[-1][0] == phone.url
        form = there.context["form"]
        assert form[f"{first}-answer"].value() == "3"
        assert form[f"{first}-note"].value() == "half werk"


class TestTogether:
    """Two people, two pages, the same scan."""

    def test_different_statements_go_together(
        self, owner: Membership, editor: Membership, scan: Scan
    ) -> None:
        one, other = tab(owner, scan), tab(editor, scan)
        one.types(energy_answer="2").saves_itself()
        assert other.types(waste_answer="4").saves_itself()["state"] == "saved"
        assert one.types(energy_note="nota").saves_itself()["state"] == "saved"
        assert stored(scan) == {"energy": level(2, "nota"), "waste": level(4)}

    def test_the_same_statement_is_told_and_the_rest_is_saved(
        self, owner: Membership, editor: Membership, scan: Scan
    ) -> None:
        one, other = tab(owner, scan), tab(editor, scan)
        one.types(energy_answer="2", energy_note="meters geplaatst").saves_itself()
        other.types(energy_answer="4", energy_note="mijn nota", waste_answer="3")
        told = other.saves_itself()
        assert told["state"] == "partly"
        assert list(told["fields"]) == ["energy-answer"]
        (text,) = told["fields"]["energy-answer"]
        assert "level 2, note “meters geplaatst”" in text
        assert stored(scan) == {"energy": level(2, "meters geplaatst"), "waste": level(3)}
        # It stays told, also when another statement is answered; nothing is decided by itself.
        again = other.types(waste_answer="5").saves_itself()
        assert list(again["fields"]) == ["energy-answer"]
        assert stored(scan)["energy"].note == "meters geplaatst"

        page = other.saves()
        assert page.status_code == 409
        assert page.context["form"]["energy-note"].value() == "mijn nota"
        assert "level 2, note “meters geplaatst”" in page.content.decode()
        # The page that tells saves itself as well, and still does not decide.
        assert other.types(waste_answer="4").saves_itself()["state"] == "partly"
        assert stored(scan)["energy"].response.level == 2
        assert other.saves().status_code == 302
        assert stored(scan) == {"energy": level(4, "mijn nota"), "waste": level(4)}

    def test_taking_over_theirs_ends_the_conflict(
        self, owner: Membership, editor: Membership, scan: Scan
    ) -> None:
        one, other = tab(owner, scan), tab(editor, scan)
        one.types(energy_answer="2").saves_itself()
        assert other.types(energy_answer="4").saves_itself()["state"] == "partly"
        assert other.types(energy_answer="2").saves_itself()["state"] == "saved"
        assert other.types(energy_answer="5").saves_itself()["state"] == "saved"
        assert stored(scan) == {"energy": level(5)}

    def test_after_a_conflict_was_solved_the_page_is_not_in_conflict_with_itself(
        self, owner: Membership, editor: Membership, scan: Scan
    ) -> None:
        one, other = tab(owner, scan), tab(editor, scan)
        one.types(energy_answer="2").saves_itself()
        assert other.types(energy_answer="4").saves().status_code == 409
        assert other.types(energy_answer="2").saves_itself()["state"] == "saved"
        assert other.types(energy_answer="3").saves_itself()["state"] == "saved"
        assert other.types(energy_answer="5").saves().status_code == 302
        assert stored(scan) == {"energy": level(5)}

    def test_an_old_page_does_not_undo_what_it_leaves_alone(
        self, owner: Membership, editor: Membership, scan: Scan
    ) -> None:
        answer_all(scan, owner.user, {"eco": "3"})
        one, other = tab(owner, scan), tab(editor, scan)
        one.types(energy_answer="5").saves_itself()
        for code in ("1", "2"):
            assert other.types(waste_answer=code).saves_itself()["state"] == "saved"
        assert stored(scan)["energy"] == level(5)


class TestSettled:
    """What an owner settled, only an owner changes."""

    def test_an_editor_reads_it(self, owner: Membership, editor: Membership, scan: Scan) -> None:
        answer_all(scan, owner.user, {"eco": "3"})
        settle(scan, owner, "energy")
        page = tab(editor, scan)
        text = page.page.content.decode()
        assert "Only an owner can change it." in text
        assert 'name="energy-answer"' not in text
        assert 'name="waste-answer"' in text
        page.types(waste_answer="1")
        assert page.saves().status_code == 302
        assert stored(scan)["energy"] == level(3)

    def test_settled_while_the_page_was_open(
        self, owner: Membership, editor: Membership, scan: Scan
    ) -> None:
        answer_all(scan, owner.user, {"eco": "3"})
        page = tab(editor, scan)
        settle(scan, owner, "energy")
        told = page.types(energy_answer="5", waste_answer="1").saves_itself()
        (text,) = told["fields"]["energy-answer"]
        assert "An owner settled this answer: level 3." in text
        assert "not saved: level 5" in text
        shown = page.types(energy_note="toch hoger", waste_answer="2").saves()
        assert shown.status_code == 409
        assert "not saved: level 5, note “toch hoger”" in shown.content.decode()
        assert stored(scan)["energy"] == level(3)
        assert stored(scan)["waste"] == level(2)
        # The page can go on: the settled statement is only read from now on.
        assert page.saves().status_code == 302

    def test_an_owner_changes_it_and_settles_anew(
        self, owner: Membership, editor: Membership, scan: Scan
    ) -> None:
        second = MembershipFactory(company=scan.company, role=MemberRole.OWNER)
        answer_all(scan, owner.user, {"eco": "3"})
        before = settle(scan, owner, "energy")
        page = tab(second, scan)
        assert "Another answer settles it anew." in page.page.content.decode()
        assert page.types(energy_answer="4").saves_itself()["state"] == "saved"
        after = Answer.objects.get(pk=before.pk)
        assert (after.level, after.settled_by) == (4, second.user)
        assert after.settled_at is not None
        assert before.settled_at is not None
        assert after.settled_at > before.settled_at


class TestEvidence:
    """A line of text, a document of the company, or both."""

    def test_a_line_and_a_document(self, company: Company, editor: Membership, scan: Scan) -> None:
        paper = document(company)
        page = tab(editor, scan)
        page.types(
            energy_answer="3", energy_evidence="zie  bladzijde 4", energy_document=str(paper.pk)
        )
        assert page.saves_itself()["state"] == "saved"
        assert stored(scan)["energy"] == level(3, "", "zie bladzijde 4", paper.pk)
        again = tab(editor, scan).page
        opened = [row.statement.slug for row in again.context["rows"] if row.is_open]
        assert opened == ["energy"]
        assert "Energiescan 2026" in again.content.decode()

    def test_a_removed_document_stays_by_name_and_cannot_be_chosen_anew(
        self, company: Company, editor: Membership, scan: Scan
    ) -> None:
        paper = document(company)
        page = tab(editor, scan)
        page.types(energy_answer="3", energy_document=str(paper.pk)).saves_itself()
        profiles.remove_document(company_id=company.pk, document_id=paper.pk, by=editor.user)
        page = tab(editor, scan)
        assert "Energiescan 2026 (removed)" in page.page.content.decode()
        # It may stay when something else changes, and be let go, but not come back.
        assert page.types(energy_answer="4").saves_itself()["state"] == "saved"
        assert stored(scan)["energy"].document_id == paper.pk
        told = page.types(waste_answer="2", waste_document=str(paper.pk)).saves_itself()
        assert list(told["fields"]) == ["waste-document"]
        page.types(energy_document="").saves_itself()
        assert stored(scan) == {"energy": level(4)}
        submit_scan(scan_id=scan.pk, user=editor.user)

    def test_a_document_that_is_removed_at_the_same_moment(
        self, company: Company, editor: Membership, scan: Scan, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        paper = document(company)
        page = tab(editor, scan)
        profiles.remove_document(company_id=company.pk, document_id=paper.pk, by=editor.user)
        monkeypatch.setattr(
            "assessments.readiness.selectors.current_documents", lambda company_id: [paper]
        )
        page.types(energy_answer="3", energy_document=str(paper.pk), waste_answer="3")
        told = page.saves_itself()
        assert list(told["fields"]) == ["energy-document"]
        assert stored(scan) == {"waste": level(3)}
        shown = page.saves()
        assert shown.status_code == 409
        assert "no longer among the current ones" in shown.content.decode()

    def test_of_another_company_is_no_choice(self, editor: Membership, scan: Scan) -> None:
        other = document(CompanyFactory())
        page = tab(editor, scan).types(energy_answer="3", energy_document=str(other.pk))
        assert list(page.saves_itself()["fields"]) == ["energy-document"]
        assert "Energiescan" not in tab(editor, scan).page.content.decode()
        assert stored(scan) == {}

    def test_who_reads_finds_note_and_document(
        self, company: Company, editor: Membership, scan: Scan
    ) -> None:
        kept, gone = document(company), document(company, "Oude keuring")
        page = tab(editor, scan)
        page.types(
            energy_answer="3",
            energy_evidence="zie bijlage",
            energy_document=str(kept.pk),
            waste_answer="2",
            waste_document=str(gone.pk),
        )
        page.saves_itself()
        profiles.remove_document(company_id=company.pk, document_id=gone.pk, by=editor.user)
        reader = MembershipFactory(company=company, role=MemberRole.READER)
        text = tab(reader, scan).page.content.decode()
        assert "zie bijlage" in text
        download = reverse("profiles:document_download", args=[company.pk, kept.pk])
        assert f'href="{download}"' in text
        assert "Oude keuring (removed)" in text


class TestQueries:
    """An autosave costs the same whatever the number of answers that were there."""

    @pytest.mark.parametrize("before", [{}, {"eco": "3", "human": "4"}])
    def test_one_answer(
        self,
        editor: Membership,
        scan: Scan,
        django_assert_num_queries: Any,
        before: dict[str, str],
    ) -> None:
        if before:
            answer_all(scan, editor.user, before)
        page = tab(editor, scan).types(energy_answer="2")
        with django_assert_num_queries(20):
            assert page.saves_itself()["state"] == "saved"

    def test_a_submitted_scan_with_evidence(
        self, company: Company, editor: Membership, django_assert_num_queries: Any
    ) -> None:
        scan = answered_scan(company, editor.user, {"eco": "3"})
        Answer.objects.filter(scan=scan).update(document=document(company))
        submit_scan(scan_id=scan.pk, user=editor.user)
        page = tab(editor, scan)
        with django_assert_num_queries(12):
            page.client.get(page.url)
