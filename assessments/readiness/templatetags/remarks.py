"""The advisers' comments on a page with several statements: ``{% load remarks %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from assessments.readiness.models import Statement
from assessments.readiness.pages.remarks import Remarks

register = template.Library()


@register.inclusion_tag("readiness/_comments.html", takes_context=True)
def statement_comments(context: Context, remarks: Remarks, statement: Statement) -> dict[str, Any]:
    """The comments on one statement, and for reviewers the form to add one."""
    return {
        "csrf_token": context.get("csrf_token"),
        "scan": remarks.scan,
        "statement": statement,
        "comments": remarks.review.on(statement.pk),
        "form": remarks.form_for(statement),
    }
