"""What every write of the ledger shares: the lock, and what can be in the way."""

from __future__ import annotations

from companies.profiles.enums import VerificationStatus
from companies.profiles.services.facts import lock_company


class IntroductionError(Exception):
    """An introduction cannot begin or go on like this."""


class CompanyNotOpenError(IntroductionError):
    """The company is closed, or no adviser has verified it."""


class AlreadyOpenError(IntroductionError):
    """An introduction of these two is under way for this opportunity."""


class OptedOutError(IntroductionError):
    """The partner wants no proposals."""


class StepMovedError(IntroductionError):
    """Somebody else took a step since the page was made."""


def lock_open_company(company_id: int) -> None:
    """Lock the company, as every write of the ledger does; CompanyNotOpenError."""
    company = lock_company(company_id)
    if company.is_closed or company.status != VerificationStatus.VERIFIED:
        raise CompanyNotOpenError
