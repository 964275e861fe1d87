"""No request brings in more than the portal will keep."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

_ATTRIBUTE = "_portal_upload_too_large"


class BoundedUploadHandler(FileUploadHandler):
    """Stops a form with files over ``UPLOAD_MAX_BYTES`` together, while it is being read.

    The rest of the body is read and thrown away, so that the browser gets the page with
    its message; a body over ``UPLOAD_MAX_BODY_BYTES`` is not worth that. Fields that stand
    behind the file are lost: a form with a file has its file last.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Remember how long the body says it is."""
        self.announced = content_length
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count; StopUpload when it is too much."""
        self.taken += len(raw_data)
        if self.taken > settings.UPLOAD_MAX_BYTES:
            if self.request is not None:
                setattr(self.request, _ATTRIBUTE, True)
            hopeless = self.announced > settings.UPLOAD_MAX_BODY_BYTES
            raise StopUpload(connection_reset=hopeless)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps the file."""


def upload_was_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was stopped half-way; reads the form."""
    _ = request.POST
    return getattr(request, _ATTRIBUTE, False)
