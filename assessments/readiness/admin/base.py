"""What the admin pages of this room share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.http import HttpRequest
from django.utils.text import Truncator, capfirst

from assessments.readiness.models import Statement


def shortened(statement: Statement) -> str:
    """A statement in the width of a column."""
    return Truncator(statement.text).chars(60)


class TickedLists:
    """Topics and needs are ticked from their list."""

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Checkboxes for a field that holds a list."""
        if isinstance(db_field, ArrayField):
            return forms.MultipleChoiceField(
                label=capfirst(db_field.verbose_name),
                choices=db_field.base_field.choices or [],
                required=not db_field.blank,
                widget=forms.CheckboxSelectMultiple,
                help_text=db_field.help_text,
            )
        field: forms.Field | None = super().formfield_for_dbfield(  # type: ignore[misc]
            db_field, request, **kwargs
        )
        return field
