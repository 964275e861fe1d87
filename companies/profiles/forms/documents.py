"""What is said about a document, and its file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.profiles.domain.files import (
    CONTENT_TYPES,
    EXTENSIONS,
    LONGEST_NAME,
    CheckedFile,
    Unfit,
    UnfitFileError,
    examine,
)
from companies.profiles.enums import DocumentKind
from companies.profiles.forms.fields import day_field
from companies.profiles.models import Competence, Document
from companies.profiles.services import DocumentInput, Refused

UNFIT: dict[Unfit, Any] = {
    Unfit.EMPTY: gettext_lazy("This file is empty."),
    Unfit.EXTENSION: gettext_lazy("Choose a PDF, Word (.docx), Excel (.xlsx), PNG or JPEG file."),
    Unfit.CONTENT: gettext_lazy(
        "What is in this file is not what its name says. Save it again in the program that "
        "made it, and choose that file."
    ),
    Unfit.BROKEN: gettext_lazy("This file is damaged or not complete. Save it again and retry."),
    Unfit.TWO_IN_ONE: gettext_lazy(
        "This file holds something else besides the document. Save it again as a plain file."
    ),
    Unfit.MACROS: gettext_lazy("This file holds macros. Save it without macros, or as PDF."),
    Unfit.LOCKED: gettext_lazy(
        "This file is locked with a password or of an old kind. Save it without a password "
        "as .docx, .xlsx or PDF."
    ),
    Unfit.BOMB: gettext_lazy("This file unpacks to far too much. Save it as PDF."),
}
REFUSED: dict[Refused, Any] = {
    Refused.COMPANY_FULL: gettext_lazy(
        "There is no room left for this file. Remove a document that you no longer need."
    ),
    Refused.BIN_FULL: gettext_lazy(
        "There is no room left for this file: too much was removed lately. "
        "Removed documents make room after thirty days."
    ),
    Refused.TWICE: gettext_lazy("This file is already there."),
    Refused.TOO_LATE: gettext_lazy("This document can no longer be put back."),
}


def too_large() -> str:
    """The one line about a file over the limit."""
    limit = filesizeformat(settings.DOCUMENT_MAX_BYTES)
    return _("This file is too large. A file is at most %(limit)s.") % {"limit": limit}


class DocumentForm(forms.Form):
    """A document, new or changed; ``file`` may be left out for one that has a file.

    The file stands last: what stands behind a file that is too large is never read.
    """

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of document"), choices=[("", "—"), *DocumentKind.choices]
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=120,
        help_text=gettext_lazy("For example: annual report 2025. Never the name of a worker."),
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year that it is about"),
        required=False,
        min_value=2000,
        max_value=2100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    valid_until = day_field(gettext_lazy("Valid until"))
    competence = forms.ModelChoiceField(
        label=gettext_lazy("Certificate that it proves"),
        required=False,
        queryset=Competence.objects.none(),
        empty_label=gettext_lazy("none"),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=4 * LONGEST_NAME,
        allow_empty_file=True,  # examine() says it in our words
        widget=forms.FileInput(
            attrs={"accept": ",".join([*(f".{e}" for e in EXTENSIONS), *CONTENT_TYPES.values()])}
        ),
    )

    def __init__(
        self,
        *args: Any,
        document: Document | None = None,
        upload_stopped: bool = False,
        **kwargs: Any,
    ) -> None:
        if document is not None:
            names = ("kind", "title", "year", "valid_until", "competence")
            kwargs["initial"] = {name: getattr(document, name) for name in names}
        super().__init__(*args, **kwargs)
        self.upload_stopped = upload_stopped
        kept = document.competence_id if document is not None else None
        certificates = Competence.objects.filter(is_certificate=True, is_current=True)
        if kept is not None:
            certificates = certificates | Competence.objects.filter(pk=kept)
        field = self.fields["competence"]
        field.queryset = certificates  # type: ignore[attr-defined]
        self.fields["file"].required = document is None and not upload_stopped
        self.fields["file"].help_text = format_lazy(
            "{kinds} {privacy}",
            kinds=_("PDF, Word, Excel, PNG or JPEG, at most %(limit)s.")
            % {"limit": filesizeformat(settings.DOCUMENT_MAX_BYTES)},
            privacy=_("No document with names, health or other data of workers."),
        )

    def clean_title(self) -> str:
        """On one line."""
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean_file(self) -> CheckedFile | None:
        """The file, known by its content; None when none is given."""
        given: UploadedFile | None = self.cleaned_data.get("file")
        if self.upload_stopped or (given and (given.size or 0) > settings.DOCUMENT_MAX_BYTES):
            raise ValidationError(too_large(), code="too_large")
        if given is None:
            return None
        try:
            return examine(given.name or "", given.read())
        except UnfitFileError as error:
            raise ValidationError(UNFIT[error.reason], code=error.reason.value) from None

    def details(self) -> DocumentInput:
        """What is said, for the services."""
        data = self.cleaned_data
        competence: Competence | None = data["competence"]
        return DocumentInput(
            kind=data["kind"],
            title=data["title"],
            year=data["year"],
            valid_until=data["valid_until"],
            competence_id=competence.pk if competence else None,
        )

    def refuse(self, reason: Refused) -> None:
        """Show at the file why it was not taken in."""
        self.add_error("file", too_large() if reason is Refused.TOO_LARGE else REFUSED[reason])
