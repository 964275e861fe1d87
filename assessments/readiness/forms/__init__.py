"""Forms of the pages of a scan."""

from assessments.readiness.forms.needs import NeedRow, NeedsForm
from assessments.readiness.forms.transition import (
    CODES,
    EVIDENCE_LENGTH,
    NOTE_LENGTH,
    Option,
    Row,
    TransitionForm,
)

__all__ = [
    "CODES",
    "EVIDENCE_LENGTH",
    "NOTE_LENGTH",
    "NeedRow",
    "NeedsForm",
    "Option",
    "Row",
    "TransitionForm",
]
