"""What the pages of this room in the Django admin share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models, transaction
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from companies.profiles.services.facts import lock_company
from portal.common.admin_guard import RuleMessagesMixin

if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Any]
    FormSet = BaseInlineFormSet[Any, Any, Any]
    Inline = admin.TabularInline[Any, Any]
else:
    Admin = admin.ModelAdmin
    FormSet = BaseInlineFormSet
    Inline = admin.TabularInline


class FactsAdmin(RuleMessagesMixin, Admin):
    """Locks the company before its facts, as the services do, so that neither waits for ever."""

    def company_ids(self, obj: models.Model) -> set[int]:
        """The companies whose facts this row belongs to."""
        company_id: int | None = getattr(obj, "company_id", None)
        return {company_id} if company_id else set()

    def _lock(self, company_ids: set[int]) -> None:
        for company_id in sorted(company_ids):
            lock_company(company_id)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A row that moves belongs to two companies."""
        before = form.initial.get("company") if change else None
        self._lock(self.company_ids(obj) | ({before} if before else set()))
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        """Delete one row."""
        with transaction.atomic():
            self._lock(self.company_ids(obj))
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete several rows."""
        with transaction.atomic():
            self._lock({key for obj in queryset for key in self.company_ids(obj)})
            super().delete_queryset(request, queryset)
