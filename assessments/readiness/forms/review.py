"""What advisers type: a comment on a statement, and why a scan is opened again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 2000


class TextField(forms.CharField):
    """Some lines of text; browsers send line ends as CRLF, stored texts use LF."""

    def to_python(self, value: Any) -> str:
        """The text with LF, so that its length is what the browser counted."""
        return str(super().to_python(str(value or "").replace("\r\n", "\n")))


class CommentForm(forms.Form):
    """A comment on one statement; its fields have ids of their own on a page of several."""

    def __init__(self, statement_id: int, slug: str, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id=f"comment-{slug}-%s")
        self.statement_id = statement_id

    text = TextField(
        label=_("Your comment"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "The company reads this with your name. A comment cannot be changed afterwards."
            " Do not name workers here."
        ),
        error_messages={"required": _("Type your comment first.")},
    )


class ReopenForm(forms.Form):
    """Why a submitted scan is opened again."""

    reason = TextField(
        label=_("Why do you reopen this scan?"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "The owners and editors of the company get this reason by e-mail, with your name."
            " Do not name workers here."
        ),
        error_messages={"required": _("Write why you reopen the scan.")},
    )
