"""Choosing a workbook to upload."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

TOO_BIG = _("The file is too large. Use the file that you downloaded here.")


class WorkbookForm(forms.Form):
    """One file; what is in it is looked at by ``companies.profiles.workbook``.

    ``upload_stopped``: the file was so large that reading it was given up.
    """

    workbook = forms.FileField(
        label=_("Your Excel file (.xlsx)"),
        allow_empty_file=True,  # said in the same words as any other file that is not read
        error_messages={"required": _("Choose a file.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args: Any, upload_stopped: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if upload_stopped:
            self.fields["workbook"].error_messages["required"] = TOO_BIG

    def clean_workbook(self) -> UploadedFile:
        """Not larger than a workbook may be, before a byte of it is read."""
        file: UploadedFile = self.cleaned_data["workbook"]
        if (file.size or 0) > settings.WORKBOOK_MAX_BYTES:
            raise ValidationError(TOO_BIG)
        return file
