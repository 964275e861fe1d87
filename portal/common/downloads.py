"""Files that people uploaded, sent as downloads that no browser ever runs or shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

PIECE = 1024 * 1024
_RANGE = re.compile(r"^bytes=(\d{0,15})-(\d{0,15})$")
Read = Callable[[int, int], bytes]


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte that a Range header asks, of ``size`` bytes.

    None for no range, several ranges or nonsense: then the whole file is sent. ValueError
    when it asks nothing that is there.
    """
    match = _RANGE.match(header.strip())
    if match is None or match[1] == match[2] == "":
        return None
    if match[1] == "":
        wanted = int(match[2])
        if wanted == 0 or size == 0:
            raise ValueError("Nothing asked")
        return max(0, size - wanted), size - 1
    first = int(match[1])
    last = min(int(match[2]), size - 1) if match[2] else size - 1
    if match[2] and int(match[2]) < first:
        return None
    if first >= size:
        raise ValueError("Behind the end")
    return first, last


def _pieces(read: Read, first: int, last: int) -> Iterator[bytes]:
    for start in range(first, last + 1, PIECE):
        yield read(start, min(PIECE, last + 1 - start))


def file_response(
    request: HttpRequest, *, filename: str, content_type: str, size: int, etag: str, read: Read
) -> HttpResponseBase:
    """Send ``size`` bytes as an attachment; ``read(start, length)`` gives a piece of them.

    Answers HEAD, and a Range of one piece.
    """
    header = request.headers.get("Range", "")
    if request.headers.get("If-Range", f'"{etag}"') != f'"{etag}"':
        header = ""
    try:
        part = asked_range(header, size)
    except ValueError:
        return _guarded(HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}))
    first, last = part or (0, size - 1)
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse()
    else:
        response = StreamingHttpResponse(_pieces(read, first, last))
    if part is not None:
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Type"] = content_type
    response["Content-Length"] = str(last + 1 - first)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = f'"{etag}"'
    disposition = content_disposition_header(as_attachment=True, filename=filename)
    response["Content-Disposition"] = disposition or "attachment"
    return _guarded(response)


def _guarded(response: HttpResponseBase) -> HttpResponseBase:
    """Whatever the bytes are: not sniffed, not run, not kept by a shared machine."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
