"""Documents, consents and workbooks in the Django admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin

from companies.profiles.admin.base import Admin
from companies.profiles.models import Consent, Document, WorkbookUpload
from portal.common.admin import ReadOnlyMixin


class PaperAdmin(ReadOnlyMixin, Admin):
    """Papers are looked at here; the company's own pages write them."""

    list_select_related: ClassVar[Any] = ("company",)
    search_fields: ClassVar[Any] = ("company__name",)


@admin.register(Document)
class DocumentAdmin(PaperAdmin):
    """What lies where; the files themselves are on the company's page."""

    list_display = ("company", "kind", "title", "year", "size", "uploaded_at", "removed_at")
    list_filter = ("kind", "file_kind")
    search_fields = ("company__name", "title", "filename", "sha256")


@admin.register(Consent)
class ConsentAdmin(PaperAdmin):
    """Who agreed to what, and until when."""

    list_display = ("company", "purpose", "version", "given_at", "given_by", "withdrawn_at")
    list_filter = ("purpose", "version")
    list_select_related = ("company", "given_by")


@admin.register(WorkbookUpload)
class WorkbookUploadAdmin(PaperAdmin):
    """Who uploaded a workbook and who confirmed it."""

    list_display = ("company", "uploaded_at", "uploaded_by", "confirmed_at", "confirmed_by")
    list_select_related = ("company", "uploaded_by", "confirmed_by")
