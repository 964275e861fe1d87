"""Why a write of this room was refused; the page says it in words."""

from __future__ import annotations


class ReadinessError(Exception):
    """A request that cannot be carried out; the page says why."""


class NoQuestionnaireError(ReadinessError):
    """No version is published, so no scan can start."""


class ScanClosedError(ReadinessError):
    """The scan was submitted; its answers do not change any more."""


class NothingAnsweredError(ReadinessError):
    """A scan without one level says nothing, so it cannot be submitted."""


class IncompleteQuestionnaireError(ReadinessError):
    """A draft lacks statements or level texts, so it cannot be published."""


class UnsettledError(ReadinessError):
    """Points to discuss are not settled, so the scan is not submitted; ``count`` of them."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class NotRespondentError(ReadinessError):
    """The person does not take part in the scan yet."""


class AnswerChangedError(ReadinessError):
    """Somebody else answered otherwise since the page was opened."""


class StepPlannedError(ReadinessError):
    """The statement is planned already, and that step is neither done nor dropped."""


class StepChangedError(ReadinessError):
    """Somebody changed the planned step since the page was opened."""


class PlanRefusedError(ReadinessError):
    """What was agreed on a step is not possible; ``field`` of StepPlan says what."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class ScanOpenError(ReadinessError):
    """The scan is not submitted (any more), so it is neither commented nor reopened."""


class LaterMomentError(ReadinessError):
    """A later moment was begun; only the latest one can be reopened."""


class CompanyClosedError(ReadinessError):
    """A closed company is only read."""

    """A draft lacks statements or texts (``content.checking`` says which)."""


class NotADraftError(ReadinessError):
    """The version was published before, perhaps by somebody else a moment ago."""


class ChangedSinceSeenError(ReadinessError):
    """The draft, or the version that it replaces, is not the one that the page showed."""
