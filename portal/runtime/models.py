"""What this installation has been through."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SetupStep(models.Model):
    """A step of ``up`` that is done once for a database, such as loading demo data."""

    name = models.SlugField(_("step"), max_length=40, unique=True)
    finished_at = models.DateTimeField(_("finished at"), auto_now_add=True)
    seconds = models.FloatField(_("seconds"))

    class Meta:
        verbose_name = _("set-up step")
        verbose_name_plural = _("set-up steps")
        ordering = ("finished_at", "pk")

    def __str__(self) -> str:
        return self.name
