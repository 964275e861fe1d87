"""Imports of KBO Open Data, and what each of them changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.common.constraints import one_of
from portal.common.run_rows import RunRow, RunStatus


class IncompleteReason(models.TextChoices):
    """Why an update cannot complete an entity; the next full extract does."""

    ROWS = "rows", _("It may belong in the register now, but the update has not all of its data.")
    PLACES = (
        "places",
        _("It became watched: places without activities of their own may belong in the register."),
    )
    PARENT = (
        "parent",
        _("It has no activities of its own any more, and its enterprise is not in the update."),
    )
    ADDRESS = "address", _("It got an address; it may be the place of a natural person.")


class RegisterImport(RunRow):
    """One import of a KBO Open Data set: what came in, what was refused."""

    class ExtractType(models.TextChoices):
        """Kind of extract, from ``meta.csv``."""

        FULL = "full", _("Full")
        UPDATE = "update", _("Update")

    source_name = models.CharField(_("file or folder"), max_length=300)
    extract_type = models.CharField(
        _("kind of extract"), max_length=6, choices=ExtractType, blank=True
    )
    extract_number = models.PositiveIntegerField(_("extract number"), null=True, blank=True)
    snapshot_on = models.DateField(_("state of"), null=True, blank=True)
    is_dry_run = models.BooleanField(_("trial run, writes nothing"), default=False)
    # Which derived columns this import filled; an update needs those of today.
    layout = models.PositiveSmallIntegerField(default=1, editable=False)
    counts = models.JSONField(_("rows kept, by kind"), default=dict, blank=True)
    rejects = models.JSONField(_("rows refused: file, line, reason"), default=list, blank=True)
    incomplete = models.JSONField(
        _("what an update could not complete: number, reason"), default=list, blank=True
    )

    class Meta:
        verbose_name = _("register import")
        verbose_name_plural = _("register imports")
        ordering = ("-queued_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("status",),
                condition=Q(status=RunStatus.RUNNING),
                name="register_import_one_running",
                violation_error_message=_("Another import is going on."),
            ),
        )

    def __str__(self) -> str:
        return self.source_name


# What a difference tells of, in the order to show it.
DIFFERENCE_FIELDS = ("name", "address", "activities", "enterprise", "legal_situation")


class DifferenceKind(models.TextChoices):
    """What happened; ``counts`` of the import has the keys ``establishments_<kind>``."""

    NEW = "new", pgettext_lazy("difference after an import", "New")
    CHANGED = "changed", pgettext_lazy("difference after an import", "Changed")
    GONE = "gone", pgettext_lazy("difference after an import", "Gone")
    RETURNED = "returned", pgettext_lazy("difference after an import", "Came back")


class RegisterDifference(models.Model):
    """What an import changed at one establishment; none for the first import of all.

    ``changes`` maps fields among ``DIFFERENCE_FIELDS`` to [old, new], for a changed or
    returned establishment: its name and its address as one line, its activities as a list
    of ``"2025 10820 MAIN"``, its enterprise as ten digits, and the legal situation of that
    enterprise as a KBO code. A trial run keeps the first few differences only; its counts
    say how many there are. Of old imports only the counts are kept.
    """

    register_import = models.ForeignKey(
        RegisterImport,
        verbose_name=_("register import"),
        on_delete=models.CASCADE,
        related_name="differences",
        db_index=False,
    )
    # Plain numbers: a trial run tells of establishments that are not there.
    number = models.CharField(_("establishment number"), max_length=10)
    enterprise_number = models.CharField(_("enterprise number"), max_length=10)
    name = models.CharField(_("name"), max_length=320)
    kind = models.CharField(_("what happened"), max_length=8, choices=DifferenceKind)
    changes = models.JSONField(_("what changed"), default=dict, blank=True)

    class Meta:
        verbose_name = _("difference after an import")
        verbose_name_plural = _("differences after imports")
        ordering = ("register_import", "kind", "number", "pk")
        indexes = (
            models.Index(
                fields=("register_import", "kind", "number"), name="register_difference_listed"
            ),
            models.Index(fields=("number",), name="register_difference_number"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("register_import", "number"),
                name="register_difference_once",
                violation_error_message=_("This difference is already listed."),
            ),
            one_of(
                "kind",
                DifferenceKind,
                name="register_difference_kind_known",
                message=_("This is not a known kind of difference."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}: {self.kind}"
