"""Documents of a company, and what it agreed to.

The bytes of a document lie in a table of their own (decision 8): lists never read them
and the history does not copy them, while row and bytes are written in one transaction.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.profiles.content.consents import versions_in_force
from companies.profiles.domain.files import Kind
from companies.profiles.enums import ConsentPurpose, DocumentKind
from companies.profiles.models.company import Company
from companies.profiles.models.paper_rules import (
    bytes_as_stated,
    bytes_never_change,
    bytes_stay,
    consent_only_ends,
)
from companies.profiles.models.reference import Competence
from portal.common.audit import audited
from portal.common.constraints import between, both_or_neither, one_of

FILE_KIND_CHOICES = [
    (Kind.PDF.value, "PDF"),
    (Kind.DOCX.value, "Word"),
    (Kind.XLSX.value, "Excel"),
    (Kind.PNG.value, "PNG"),
    (Kind.JPEG.value, "JPEG"),
]
# Far above the setting DOCUMENT_MAX_BYTES, which says what is taken in today.
LARGEST_EVER = 100 * 1024 * 1024


def grace() -> timedelta:
    """How long a removed document can be put back."""
    return timedelta(days=settings.DOCUMENT_GRACE_DAYS)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Reads over documents."""

    def current(self) -> DocumentQuerySet:
        """Documents that were not removed."""
        return self.filter(removed_at__isnull=True)

    def removed(self) -> DocumentQuerySet:
        """Documents that somebody removed and that can be put back."""
        return self.filter(removed_at__isnull=False)

    def past_grace(self, now: datetime) -> DocumentQuerySet:
        """Removed so long before ``now`` that they are deleted for good."""
        return self.removed().filter(removed_at__lte=now - grace())


@audited()
class Document(models.Model):
    """An annual report, a quality label or another paper of the company."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind of document"), max_length=13, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=120)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    competence = models.ForeignKey(
        Competence,
        verbose_name=_("certificate that it proves"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
    )
    filename = models.CharField(_("name of the file"), max_length=150)
    file_kind = models.CharField(_("kind of file"), max_length=4, choices=FILE_KIND_CHOICES)
    size = models.PositiveIntegerField(_("size (bytes)"))
    sha256 = models.CharField(_("fingerprint (SHA-256)"), max_length=64)
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("removed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a company")
        verbose_name_plural = _("documents of companies")
        ordering = ("company", "kind", "-year", "-uploaded_at", "pk")
        constraints = (
            one_of(
                "kind",
                DocumentKind,
                name="document_kind_known",
                message=_("This is not a known kind of document."),
            ),
            one_of(
                "file_kind",
                Kind,
                name="document_file_kind_known",
                message=_("Files of this kind are not taken in."),
            ),
            between(
                "year",
                2000,
                2100,
                name="document_year_range",
                message=_("The year lies between 2000 and 2100."),
            ),
            between(
                "size",
                1,
                LARGEST_EVER,
                name="document_size_range",
                message=_("A file is neither empty nor larger than 100 MB."),
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="document_sha256_form",
                violation_error_message=_("A fingerprint has 64 hexadecimal digits."),
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(filename=""),
                name="document_named",
                violation_error_message=_("A document has a title and a file name."),
            ),
            both_or_neither(
                at="removed_at",
                by="removed_by",
                name="document_removed_whole",
                message=_("A removal needs a moment and a person."),
            ),
            models.UniqueConstraint(
                fields=("company", "sha256"),
                condition=Q(removed_at__isnull=True),
                name="document_once",
                violation_error_message=_("This file is already there."),
            ),
        )
        triggers = (bytes_as_stated(),)

    def __str__(self) -> str:
        return self.title

    @property
    def gone_at(self) -> datetime | None:
        """When a removed document is deleted for good; None for a current one."""
        return self.removed_at + grace() if self.removed_at else None


class DocumentContent(models.Model):
    """The bytes of one document; written once, kept out of the history on purpose."""

    document = models.OneToOneField(
        Document, primary_key=True, on_delete=models.CASCADE, related_name="content"
    )
    data = models.BinaryField()

    class Meta:
        verbose_name = _("content of a document")
        verbose_name_plural = _("contents of documents")
        ordering = ("pk",)
        triggers = (bytes_never_change(), bytes_stay())

    def __str__(self) -> str:
        return str(self.document_id)


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Reads over consents."""

    def open(self) -> ConsentQuerySet:
        """Given and not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def in_force(self, purpose: ConsentPurpose) -> ConsentQuerySet:
        """Consents that count today for a purpose: open, and to a text that still holds."""
        return self.open().filter(purpose=purpose, version__in=versions_in_force(purpose))


@audited()
class Consent(models.Model):
    """An owner agreed to one purpose, in the words of one version; withdrawing ends the row.

    Rows are never reopened or rewritten: giving again is a new row.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=19, choices=ConsentPurpose)
    version = models.CharField(_("version of the text"), max_length=20)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent of a company")
        verbose_name_plural = _("consents of companies")
        ordering = ("company", "purpose", "-given_at", "-pk")
        constraints = (
            one_of(
                "purpose",
                ConsentPurpose,
                name="consent_purpose_known",
                message=_("This is not a known purpose."),
            ),
            models.CheckConstraint(
                condition=~Q(version=""),
                name="consent_version_known",
                violation_error_message=_("A consent is given to a version of the text."),
            ),
            models.UniqueConstraint(
                fields=("company", "purpose"),
                condition=Q(withdrawn_at__isnull=True),
                name="consent_open_once",
                violation_error_message=_("This consent is given already."),
            ),
            both_or_neither(
                at="withdrawn_at",
                by="withdrawn_by",
                name="consent_withdrawn_whole",
                message=_("A withdrawal needs a moment and a person."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_later",
                violation_error_message=_("A consent is withdrawn after it was given."),
            ),
        )
        triggers = (consent_only_ends(),)

    def __str__(self) -> str:
        return f"{self.company_id}: {self.purpose} {self.version}"
