"""What all sections say alike."""

from __future__ import annotations

from django.utils.translation import ngettext

from assessments.dashboards.board_report.content import Tone
from portal.common.components import Kind

TONES: dict[str, Tone] = {
    Kind.SUCCESS.value: Tone.UP,
    Kind.WARNING.value: Tone.DOWN,
    Kind.NEUTRAL.value: Tone.EVEN,
    Kind.INFO.value: Tone.UNKNOWN,
}


def more(count: int) -> str:
    """How many are left out, and where they are; empty for none."""
    if not count:
        return ""
    return ngettext(
        "and %(count)s more in the portal", "and %(count)s more in the portal", count
    ) % {"count": count}
