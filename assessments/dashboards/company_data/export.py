"""All data of one company as a ZIP: CSV for people, JSON for programs, documents as they are.

Written row by row, so that memory does not grow with the company. The caller holds the
company's lock, which every write takes: nothing changes between two tables.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, cast

from django.db import models, transaction
from django.utils import translation
from django.utils.text import get_valid_filename

from assessments.dashboards.company_data.tables import (
    EXPORTED,
    columns_of,
    company_models,
    of_company,
)
from companies.profiles.history import People, Wording, people_of
from companies.profiles.models import Company
from companies.profiles.models.papers import DocumentContent
from companies.profiles.selectors.history import Wanted, history_page
from companies.profiles.services.facts import lock_company
from portal.accounts.models import User
from portal.accounts.services import log_export
from portal.common.audit import source
from portal.common.exports import csv_lines

FORMAT_VERSION = 1
WHAT = "company"
CHUNK = 500
Row = Sequence[Any]


@dataclass(frozen=True)
class Table:
    """One kind of record: columns (name, label in two languages) and its rows, read anew."""

    name: str
    title: models.Model | Any
    columns: Sequence[tuple[str, Any]]
    rows: Callable[[], Iterator[Row]]


@dataclass
class Written:
    """What stands in the ZIP so far."""

    counts: dict[str, int] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)


class _Hashed:
    """Writes text to an entry of the ZIP and sums it up."""

    def __init__(self, entry: IO[bytes]) -> None:
        self.entry = entry
        self.sum = hashlib.sha256()

    def write(self, data: bytes) -> None:
        self.sum.update(data)
        self.entry.write(data)


@transaction.atomic
def export_company(*, company_id: int, by: User, now: datetime, file: IO[bytes]) -> None:
    """Write the ZIP to ``file`` (empty, seekable) and log who took it.

    Company.DoesNotExist when it is gone.
    """
    company = lock_company(company_id)
    with source("export"):
        counts = _write(company, now, file)
        file.seek(0)
        digest = hashlib.file_digest(cast("Any", file), "sha256").hexdigest()
        file.seek(0)
        log_export(
            by=by,
            what=WHAT,
            subject=f"{company.name} ({company.enterprise_number})",
            contents=counts,
            sha256=digest,
            now=now,
        )


def _write(company: Company, now: datetime, file: IO[bytes]) -> dict[str, int]:
    people = people_of(company.pk, (), reader_is_staff=False)
    written = Written()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        tables = [*_tables(company, people), _history(company)]
        for table in tables:
            _write_table(archive, table, written)
        _write_documents(archive, company, written)
        _entry(archive, "README.txt", [_readme(company, tables, written, now).encode()], written)
        manifest = {
            "format_version": FORMAT_VERSION,
            "source": "Maatwerkportaal",
            "exported_at": now.isoformat(),
            "enterprise_number": company.enterprise_number,
            "company": company.name,
            "facts_version": company.facts_version,
            "terms_version": company.terms_version,
            "rows": written.counts,
            "sha256": written.sums,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=2)
        archive.writestr("manifest.json", text)
    return written.counts


def _tables(company: Company, people: People) -> Iterator[Table]:
    for model, path in company_models():
        exported = EXPORTED.get(model._meta.label)
        if exported is None:
            continue
        fields = [one for one in columns_of(model) if one.related_model is not Company]
        yield Table(
            exported.name,
            model._meta.verbose_name_plural,
            list(_columns(fields)),
            _reader(model, path, fields, company.pk, people),
        )


def _reader(
    model: type[models.Model],
    path: tuple[str, ...],
    fields: Sequence[Any],
    company_id: int,
    people: People,
) -> Callable[[], Iterator[Row]]:
    related = [
        one.name
        for one in fields
        if one.related_model is not None and one.related_model is not User
    ]

    def read() -> Iterator[Row]:
        rows = of_company(model, path, company_id).filter(**EXPORTED[model._meta.label].only)
        rows = rows.select_related(*related)
        for row in rows.iterator(chunk_size=CHUNK):
            yield [value for one in fields for value in _values(row, one, people)]

    return read


def _columns(fields: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """A code or a key comes with its readable form beside it."""
    for one in fields:
        label = getattr(one, "verbose_name", one.name)
        if one.related_model is User:
            yield one.name, label
        elif one.related_model is not None or one.flatchoices:
            yield one.attname, label
            yield f"{one.name}_label", label
        else:
            yield one.name, label


def _values(row: models.Model, one: Any, people: People) -> list[Any]:
    raw = getattr(row, one.attname)
    if one.related_model is User:
        return [_person(people, raw)]
    if one.related_model is not None:
        return [raw, "" if raw is None else str(getattr(row, one.name))]
    if one.flatchoices:
        return [raw, str(dict(one.flatchoices).get(raw, "")) if raw else ""]
    return [raw]


def _person(people: People, key: int | None) -> str:
    """Members with their address, which they see of each other; others as the history does."""
    if key is None:
        return ""
    if key not in people.by_key:
        people.add(key)
    person = people.by_key.get(key)
    if person is not None and person.was_member and person.is_active:
        return f"{person.full_name} <{person.email}>".strip()
    return people.name(key)


def _history(company: Company) -> Table:
    names = ("moment", "who", "part", "what_happened", "row", "value", "old", "new")

    def read() -> Iterator[Row]:
        after, more = None, True
        while more:
            page = history_page(company_id=company.pk, wanted=Wanted(), after=after, size=CHUNK)
            people = people_of(company.pk, page.events, reader_is_staff=False)
            wording = Wording(page.events, people)
            for event in page.events:
                yield from wording.rows_of(event)
            after, more = page.older, page.older is not None

    return Table("history", "history", [(name, name) for name in names], read)


def _write_table(archive: zipfile.ZipFile, table: Table, written: Written) -> None:
    names = [name for name, _ in table.columns]
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in table.rows():
            count += 1
            yield [_flat(value) for value in row]

    lines = (line.encode() for line in csv_lines(names, counted()))
    _entry(archive, f"data/{table.name}.csv", lines, written)
    _entry(archive, f"data/{table.name}.json", _json_lines(names, table.rows()), written)
    written.counts[table.name] = count


def _flat(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return value


def _json_lines(names: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    separator = "[\n"
    for row in rows:
        record = dict(zip(names, row, strict=True))
        yield (separator + json.dumps(record, ensure_ascii=False, default=_plain)).encode()
        separator = ",\n"
    yield b"[]\n" if separator == "[\n" else b"\n]\n"


def _plain(value: Any) -> Any:
    """What JSON has no form for."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _entry(archive: zipfile.ZipFile, name: str, data: Iterable[bytes], written: Written) -> None:
    with archive.open(name, "w", force_zip64=True) as entry:
        hashed = _Hashed(entry)
        for part in data:
            hashed.write(part)
    written.sums[name] = hashed.sum.hexdigest()


def _document_name(key: int, filename: str) -> str:
    """A name inside the ZIP that cannot leave its folder or meet another."""
    plain = filename.replace("\\", "/").rsplit("/", 1)[-1].lstrip(".")
    return f"documents/{key}-{get_valid_filename(plain or 'document')}"


def _write_documents(archive: zipfile.ZipFile, company: Company, written: Written) -> None:
    """The files, those in the bin included; one in memory at a time."""
    documents = company.documents.order_by("pk").values_list("pk", "filename")
    count = 0
    for key, filename in documents:
        data = DocumentContent.objects.values_list("data", flat=True).get(pk=key)
        _entry(archive, _document_name(key, filename), [bytes(data)], written)
        count += 1
    written.counts["documents_as_files"] = count


def _readme(company: Company, tables: Sequence[Table], written: Written, now: datetime) -> str:
    parts = []
    for language, intro in INTRO.items():
        with translation.override(language):
            lines = [intro.format(company=company.name, moment=now.date().isoformat()), ""]
            for table in tables:
                rows = written.counts[table.name]
                lines.append(
                    f"data/{table.name}.csv, data/{table.name}.json: {table.title} ({rows})"
                )
                lines += [f"    {name}: {label}" for name, label in table.columns]
            parts.append("\n".join(lines))
    return "\n\n\n".join(parts) + "\n"


INTRO = {
    "nl": (
        "Alle gegevens van {company} in Maatwerkportaal, {moment}.\n\n"
        "Elke soort gegevens staat er twee keer: als CSV (kommapunt als scheiding, komma in\n"
        "getallen, opent in Excel) en als JSON (voor programma's). Een kolom die eindigt op\n"
        "_label zegt in woorden wat de code ervoor betekent. Een apostrof vóór een tekst in\n"
        "CSV houdt een rekenblad tegen dat de tekst als formule zou lezen. Bestanden die u\n"
        "hebt opgeladen, staan in documents/, met het id uit documents.csv vóór hun naam.\n"
        "In manifest.json staan aantallen en controlesommen."
    ),
    "en": (
        "All data of {company} in Maatwerkportaal, {moment}.\n\n"
        "Each kind of record is there twice: as CSV (separated by semicolons, decimal commas,\n"
        "opens in Excel) and as JSON (for programs). A column that ends in _label says in words\n"
        "what the code before it means. An apostrophe before a text in CSV keeps a spreadsheet\n"
        "from reading the text as a formula. Files that you uploaded are in documents/,\n"
        "with the id of documents.csv before their name.\n"
        "manifest.json holds counts and checksums."
    ),
}
