"""What a page says when somebody else was first; the same on every page of a scan."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

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
