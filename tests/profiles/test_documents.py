"""Documents as people meet them: upload, download, change, remove, put back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from companies.profiles import services
from companies.profiles.domain.files import examine
from companies.profiles.models import Competence, Document
from portal.common.downloads import asked_range
from tests.access import rows
from tests.access.world import World
from tests.profiles.samples import EXCEL, office, pdf, pdf_of_size

pytestmark = pytest.mark.django_db


def as_(world: World, persona: str, client: Client) -> Client:
    """Logged in, reading English."""
    person = world.people[persona]
    person.language = "en"
    person.save()
    client.force_login(person)
    return client


@pytest.fixture
def editor(world: World, client: Client) -> Client:
    """An editor of the company."""
    return as_(world, rows.EDITOR, client)


def address(world: World, name: str = "documents", *args: int) -> str:
    """A page about documents of this company."""
    return reverse(f"profiles:{name}", args=[world.company.pk, *args])


def upload(
    world: World, client: Client, name: str = "verslag.pdf", data: bytes | None = None, **said: str
) -> Any:
    """Send the form."""
    file = SimpleUploadedFile(name, pdf() if data is None else data, content_type="text/html")
    fields = {"kind": "annual_report", "title": "Jaarverslag 2025", "year": "2025"} | said
    return client.post(address(world), {**fields, "file": file})


def kept(world: World, text: str = "Jaarverslag", name: str = "verslag.pdf") -> Document:
    """A document that is there already."""
    return services.add_document(
        company_id=world.company.pk,
        by=world.people[rows.OWNER],
        details=services.DocumentInput(kind="annual_report", title=text),
        file=examine(name, pdf(text)),
    )


def body(response: Any) -> bytes:
    """What is sent, in one piece."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_upload_and_read_again(world: World, editor: Client) -> None:
    haccp = Competence.objects.get(slug="haccp")
    answer = upload(world, editor, valid_until="2027-12-31", competence=str(haccp.pk))
    assert answer.status_code == 302
    document = Document.objects.get(company=world.company)
    assert (document.title, document.year, document.competence) == ("Jaarverslag 2025", 2025, haccp)
    assert document.uploaded_by == world.people[rows.EDITOR]
    page = editor.get(address(world)).content.decode()
    assert "Jaarverslag 2025" in page
    assert "Valid until 31 December 2027" in " ".join(page.split())
    response = editor.get(address(world, "document_download", document.pk))
    assert body(response) == pdf()
    assert response["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("leeg.pdf", b"", "This file is empty"),
        ("virus.pdf.exe", b"MZ", "Choose a PDF"),
        ("logo.png", b"<svg><script>alert(1)</script></svg>", "not what its name says"),
        ("x.docx", office(more={"word/vbaProject.bin": b"x"}), "holds macros"),
        ("x.docx", office(EXCEL), "not what its name says"),
        ("x.pdf", pdf() + b"<script>", "something else besides"),
        ("x.pdf", pdf()[:40], "damaged or not complete"),
    ],
)
def test_what_does_not_fit_is_said_at_the_field_and_nothing_is_kept(
    world: World, editor: Client, name: str, data: bytes, message: str
) -> None:
    answer = upload(world, editor, name, data)
    assert answer.status_code == 422
    assert message in str(answer.context["form"]["file"].errors)
    assert answer.context["form"]["title"].value() == "Jaarverslag 2025"
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("year", "1999"), ("year", "x"), ("kind", "roman"), ("competence", "999999"), ("title", " "),
     ("title", "x" * 121), ("valid_until", "31 februari"), ("title", "nul\0")],
)  # fmt: skip
def test_nonsense_is_said_at_its_field(
    world: World, editor: Client, field: str, value: str
) -> None:
    answer = upload(world, editor, **{field: value})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}


@pytest.mark.parametrize(
    ("size", "fits"), [(10 * 1024 * 1024, True), (10 * 1024 * 1024 + 1, False)]
)
def test_ten_megabytes_and_one_byte(world: World, editor: Client, size: int, fits: bool) -> None:
    answer = upload(world, editor, data=pdf_of_size(size))
    assert Document.objects.exists() == fits
    if not fits:
        assert answer.status_code == 422
        assert answer.context["form"].errors.keys() == {"file"}
        assert "at most 10.0" in str(answer.context["form"]["file"].errors)


def test_a_form_with_too_many_large_files_is_stopped_as_a_whole(
    world: World, editor: Client, settings: Any
) -> None:
    settings.UPLOAD_MAX_BYTES = 1_000
    files = {f"other{n}": SimpleUploadedFile("x.pdf", b"x" * 600) for n in range(3)}
    answer = editor.post(address(world), {"kind": "other", "title": "x", **files})
    assert answer.status_code == 422
    assert "too large" in str(answer.context["form"]["file"].errors)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("jaarverslag één.pdf", "filename*=utf-8''jaarverslag%20%C3%A9%C3%A9n.pdf"),
        ("../../etc/passwd.pdf", 'filename="passwd.pdf"'),
        ("verslag.pdf", 'filename="verslag.pdf"'),
    ],
)
def test_the_name_of_a_download(world: World, editor: Client, name: str, shown: str) -> None:
    document = kept(world, name=name)
    response = editor.get(address(world, "document_download", document.pk))
    assert response["Content-Disposition"] == f"attachment; {shown}"


def test_a_download_is_never_shown_run_or_kept(world: World, editor: Client) -> None:
    document = kept(world)
    where = address(world, "document_download", document.pk)
    for response in (
        editor.get(where),
        editor.head(where),
        editor.get(where, headers={"Range": "bytes=0-4"}),
        editor.get(where, headers={"Range": "bytes=99999999-"}),
    ):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert response["Cache-Control"] == "private, no-store"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_head_and_ranges(world: World, editor: Client) -> None:
    document = kept(world)
    where = address(world, "document_download", document.pk)
    data = pdf()
    head = editor.head(where)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(data))
    part = editor.get(where, headers={"Range": "bytes=5-9"})
    assert (part.status_code, body(part)) == (206, data[5:10])
    assert part["Content-Range"] == f"bytes 5-9/{len(data)}"
    tail = editor.get(where, headers={"Range": "bytes=-6"})
    assert body(tail) == data[-6:]
    assert editor.get(where, headers={"Range": f"bytes={len(data)}-"}).status_code == 416
    stale = editor.get(where, headers={"Range": "bytes=5-9", "If-Range": '"other"'})
    assert (stale.status_code, body(stale)) == (200, data)


@given(st.text(alphabet="bytes=-,0123456789 ", max_size=20), st.integers(1, 50))
def test_any_range_lies_inside_the_file(header: str, size: int) -> None:
    try:
        found = asked_range(header, size)
    except ValueError:
        return
    if found is not None:
        first, last = found
        assert 0 <= first <= last < size
        assert re.fullmatch(r"bytes=\d*-\d*", header.strip())


def test_readers_and_advisers_read_and_do_not_change(world: World, client: Client) -> None:
    document = kept(world)
    for persona in (rows.READER, rows.ADVISER):
        person = as_(world, persona, client)
        page = person.get(address(world)).content.decode()
        assert document.title in page
        assert 'type="file"' not in page
        assert upload(world, person, data=pdf("Anders")).status_code == 403
        assert person.get(address(world, "document_download", document.pk)).status_code == 200
    services.remove_document(
        company_id=world.company.pk, document_id=document.pk, by=document.uploaded_by
    )
    assert client.get(address(world, "document_download", document.pk)).status_code == 404


@pytest.mark.parametrize("name", ["document_download", "document_change"])
def test_a_document_of_another_company_is_not_found_under_mine(
    world: World, client: Client, name: str
) -> None:
    document = kept(world)
    other = as_(world, rows.OTHER_OWNER, client)
    where = reverse(f"profiles:{name}", args=[world.other_company.pk, document.pk])
    assert other.get(where).status_code == 404
    for action in ("document_remove", "document_restore"):
        where = reverse(f"profiles:{action}", args=[world.other_company.pk, document.pk])
        assert other.post(where).status_code == 404


def test_remove_and_put_back(world: World, editor: Client) -> None:
    document = kept(world)
    page = editor.post(address(world, "document_remove", document.pk), follow=True)
    assert "can still be put back" in page.content.decode()
    assert not Document.objects.current().exists()
    page = editor.post(address(world, "document_restore", document.pk), follow=True)
    assert "is back" in page.content.decode()
    assert Document.objects.current().count() == 1


def test_replace_by_a_new_file_or_only_the_words(world: World, editor: Client) -> None:
    document = kept(world)
    where = address(world, "document_change", document.pk)
    said = {"kind": "other", "title": "Anders", "year": "", "valid_until": "", "competence": ""}
    assert editor.post(where, said).status_code == 302
    document.refresh_from_db()
    assert document.title == "Anders"
    wrong = editor.post(where, said | {"file": SimpleUploadedFile("x.pdf", b"<html>")})  # type: ignore[dict-item]
    assert "not what its name says" in wrong.content.decode()
    editor.post(where, said | {"file": SimpleUploadedFile("nieuw.pdf", pdf("Nieuw"))})  # type: ignore[dict-item]
    assert Document.objects.current().get().filename == "nieuw.pdf"
    assert editor.get(where).status_code == 404  # it lies in the bin now


def test_the_same_file_twice_and_a_full_company(
    world: World, editor: Client, settings: Any
) -> None:
    upload(world, editor)
    assert "already there" in upload(world, editor).content.decode()
    settings.DOCUMENT_TOTAL_BYTES = len(pdf()) + 5
    assert "no room left" in upload(world, editor, data=pdf("Nog een")).content.decode()


def test_the_page_costs_the_same_whatever_the_number(
    world: World, editor: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        document = kept(world, str(number))
        if number % 2:
            services.remove_document(
                company_id=world.company.pk, document_id=document.pk, by=document.uploaded_by
            )
    editor.get(address(world))
    with django_assert_max_num_queries(12):
        editor.get(address(world))
