"""An adviser judges otherwise, with a reason, and ends that again; the owners are told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from assessments.opportunities.models import Assessment, VerdictOverride
from companies.profiles.models import Company, Membership
from companies.profiles.services.facts import lock_company
from portal.accounts.models import User
from portal.common.mail import tell
from portal.common.vocabulary import Opportunity, Verdict

MAILS = "opportunities/email"


class OverrideError(Exception):
    """A verdict of an adviser cannot be given or ended like this."""


class CompanyClosedError(OverrideError):
    """The company was closed meanwhile."""


class OutcomeMovedError(OverrideError):
    """The computed outcome is no longer the one that the adviser saw."""


class SameVerdictError(OverrideError):
    """The computed verdict says so already."""


class AlreadyJudgedError(OverrideError):
    """A verdict of an adviser is in force; it must end first."""


@transaction.atomic
def give_override(
    *,
    company_id: int,
    opportunity: Opportunity,
    verdict: Verdict,
    reason: str,
    seen: int,
    by: User,
    now: datetime,
    origin: str = "",
) -> VerdictOverride:
    """From now on ``verdict`` counts in place of the computed one, until it is ended.

    ``seen`` is the key of the outcome that the adviser looked at. ``origin`` (scheme and
    host) is where the link in the mail to the owners leads; no mail without it. Raises an
    OverrideError, or IntegrityError for a reason of nothing.
    """
    company = _open_company(company_id)
    current = Assessment.objects.filter(
        company=company, opportunity=opportunity, is_current=True
    ).first()
    if current is None or current.pk != seen:
        raise OutcomeMovedError
    if _in_force(company, opportunity) is not None:
        raise AlreadyJudgedError
    if current.verdict == verdict:
        raise SameVerdictError
    given = VerdictOverride.objects.create(
        company=company,
        opportunity=opportunity,
        assessment=current,
        verdict=verdict,
        reason=reason.strip(),
        given_at=now,
        given_by=by,
    )
    _tell_owners(given, "override_given", origin)
    return given


@transaction.atomic
def end_override(
    *,
    company_id: int,
    opportunity: Opportunity,
    reason: str,
    by: User,
    now: datetime,
    origin: str = "",
) -> bool:
    """The computed verdict counts again; False when no verdict of an adviser was in force.

    Raises CompanyClosedError.
    """
    company = _open_company(company_id)
    found = _in_force(company, opportunity)
    if found is None:
        return False
    # A clock that runs behind must not make an end before the beginning.
    found.ended_at, found.ended_by = max(now, found.given_at), by
    found.ended_reason = reason.strip()
    found.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    _tell_owners(found, "override_ended", origin)
    return True


def _open_company(company_id: int) -> Company:
    """Locked, as assessing locks it: the computed outcome stays what it is meanwhile."""
    company = lock_company(company_id)
    if company.is_closed:
        raise CompanyClosedError
    return company


def _in_force(company: Company, opportunity: Opportunity) -> VerdictOverride | None:
    return (
        VerdictOverride.objects.in_force()
        .filter(company=company, opportunity=opportunity)
        .order_by("pk")
        .first()
    )


def _tell_owners(override: VerdictOverride, template: str, origin: str) -> None:
    if not origin:
        return
    path = reverse("opportunities:detail", args=[override.company_id, override.opportunity])
    owners = Membership.objects.filter(company=override.company).active_owners()
    for row in owners.select_related("user").order_by("pk"):
        tell(
            to=row.user.email,
            language=row.user.language,
            template=f"{MAILS}/{template}",
            context={
                "link": f"{origin}{path}",
                "person": row.user,
                "company": override.company,
                "override": override,
            },
        )
