"""Words that pages of a scan share: an answer, and what to say when somebody else was first."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.readiness.domain.answers import AnswerKind, Response

SAVE_AGAIN: Final[Any] = _(
    "Somebody else changed this meanwhile to: %(now)s. Your own choice is still here and not"
    " saved. Save again to replace theirs."
)
"""After the Save button: the person has now been told."""
USE_SAVE: Final[Any] = _(
    "Somebody else changed this meanwhile to: %(now)s. Your own choice is still here and not"
    " saved. Use the Save button to decide."
)
"""After an autosave, which never decides by itself."""


def in_sentence(response: Response | None) -> str:
    """An answer in the middle of a sentence: "level 3", "not applicable", "don't know"."""
    if response is None:
        return gettext("no answer")
    if response.kind is AnswerKind.LEVEL:
        return gettext("level %(level)s") % {"level": response.level}
    if response.kind is AnswerKind.NOT_APPLICABLE:
        return gettext("not applicable")
    return gettext("don't know")
