"""What the search reads: one narrow row for each active establishment."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """An active establishment as the search sees it; made again after every import.

    ``words`` holds, by weight: A its name, B the trade name of its enterprise and,
    unless that is a natural person, its name, D its municipality and postcode, and without
    weight the marks of its activities, opportunities and province (``domain.search_words``).
    ``postcode`` is empty when the point is not known. ``name_key`` has no signs in front and
    sorts by code point, so that one index serves the order by name and its beginning.
    """

    establishment = models.OneToOneField(
        "register.Establishment",
        verbose_name=_("establishment"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="search_entry",
    )
    name_key = models.CharField(max_length=320, editable=False, db_collation="C")
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    words = SearchVectorField(editable=False)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        ordering = ("name_key", "pk")
        indexes = (
            GinIndex(fields=("words",), name="search_words"),
            models.Index(fields=("name_key", "establishment"), name="search_name"),
            models.Index(fields=("postcode",), name="search_postcode"),
        )

    def __str__(self) -> str:
        return self.name_key
