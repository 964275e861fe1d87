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


class ScanOpenError(ReadinessError):
    """The scan is not submitted (any more), so it is neither commented nor reopened."""


class LaterMomentError(ReadinessError):
    """A later moment was begun; only the latest one can be reopened."""


class CompanyClosedError(ReadinessError):
    """A closed company is only read."""
