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
    """A draft lacks statements or texts (``content.checking`` says which)."""


class NotADraftError(ReadinessError):
    """The version was published before, perhaps by somebody else a moment ago."""


class ChangedSinceSeenError(ReadinessError):
    """The draft, or the version that it replaces, is not the one that the page showed."""
