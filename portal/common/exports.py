"""Lists as CSV, sent while they are read, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename

BOM = "\ufeff"
# A spreadsheet takes a text that begins like this for a formula. The wide forms are
# folded to the plain ones by some programs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Dialect:
    """How numbers and columns are written."""

    delimiter: str
    decimal_comma: bool


# What Excel reads with a double click on a computer set to Dutch (Belgium).
BELGIAN = Dialect(delimiter=";", decimal_comma=True)
# What other programs read.
PLAIN = Dialect(delimiter=",", decimal_comma=False)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        """The line itself."""
        return value


def csv_response(
    filename: str,
    header: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    dialect: Dialect = BELGIAN,
) -> StreamingHttpResponse:
    """Send ``rows`` as a download, one at a time; give it ``queryset.iterator()``.

    ``filename`` without ``.csv``. UTF-8 with a byte-order mark, which Excel needs.
    """
    response = StreamingHttpResponse(
        csv_lines(header, rows, dialect=dialect), content_type="text/csv; charset=utf-8"
    )
    disposition = content_disposition_header(
        as_attachment=True, filename=f"{get_valid_filename(filename)}.csv"
    )
    response["Content-Disposition"] = disposition or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def csv_lines(
    header: Sequence[object], rows: Iterable[Sequence[object]], *, dialect: Dialect = BELGIAN
) -> Iterator[str]:
    """The lines of the file, the mark first."""
    writer = csv.writer(_Echo(), delimiter=dialect.delimiter, lineterminator="\r\n")
    yield BOM
    yield str(writer.writerow([cell(value, dialect) for value in header]))
    for row in rows:
        yield str(writer.writerow([cell(value, dialect) for value in row]))


def cell(value: object, dialect: Dialect = BELGIAN) -> str:
    """One value as text: numbers as numbers, moments in local time, text never as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float | Decimal):
        text = format(value, "f") if isinstance(value, Decimal) else str(value)
        return text.replace(".", ",") if dialect.decimal_comma else text
    if isinstance(value, datetime):
        moment = timezone.localtime(value) if timezone.is_aware(value) else value
        return moment.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return harmless(str(value))


def harmless(text: str) -> str:
    """A leading apostrophe makes a spreadsheet show what looks like a formula as text."""
    if text.lstrip(" \u00a0").startswith(FORMULA_STARTS):
        return f"'{text}"
    return text
