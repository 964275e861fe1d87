"""Editable lists that profiles choose from."""

from __future__ import annotations

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _


class Competence(models.Model):
    """A competence or certificate that a company can have and a partner can ask."""

    slug = models.SlugField(_("code"), unique=True)
    name_nl = models.CharField(_("Dutch name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120)
    is_certificate = models.BooleanField(_("certificate"), default=False)
    is_current = models.BooleanField(_("can be chosen"), default=True)

    class Meta:
        verbose_name = _("competence or certificate")
        verbose_name_plural = _("competences and certificates")
        ordering = ("-is_certificate", "name_nl", "pk")

    def __str__(self) -> str:
        return self.name_en if (translation.get_language() or "nl").startswith("en") else self.name_nl
