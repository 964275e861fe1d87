"""Writing a part of the profile as one whole: nothing lost, nothing overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from companies.profiles.domain.completeness import Part
from companies.profiles.models import PartConfirmation, PartDraft
from companies.profiles.services.facts import lock_company, touch_facts
from portal.accounts.models import User

KEEP_DRAFTS = timedelta(days=30)
CONFIRM_AGAIN_AFTER = timedelta(hours=12)  # autosave must not fill the history


class ChangedMeanwhileError(Exception):
    """The stored part is not the one that the page showed; nothing was written."""


@transaction.atomic
def save_part(
    *,
    company_id: int,
    part: Part,
    draft: str,
    by: User,
    at: datetime,
    expected: str,
    stored: Callable[[], str],
    write: Callable[[], object],
) -> str:
    """Write a part, unless it changed since the page was made; then the draft goes.

    ``expected`` is the token of the state that the page showed ('' does not ask), and
    ``stored`` gives the token of what is stored now: it is called under the lock on the
    company, which every write to its facts takes. Gives the token of the new state.

    Raises ChangedMeanwhileError, and what ``write`` raises; IntegrityError may also come
    at commit.
    """
    lock_company(company_id)
    if expected and stored() != expected:
        raise ChangedMeanwhileError
    write()
    _confirm(company_id, part, by, at)
    PartDraft.objects.filter(company_id=company_id, saved_by=by, key=draft).delete()
    return stored()


def _confirm(company_id: int, part: Part, by: User, at: datetime) -> None:
    known = PartConfirmation.objects.filter(company_id=company_id, part=part.value).first()
    if known and known.confirmed_by_id == by.pk and at - known.confirmed_at < CONFIRM_AGAIN_AFTER:
        return
    _, first_time = PartConfirmation.objects.update_or_create(
        company_id=company_id,
        part=part.value,
        defaults={"confirmed_at": at, "confirmed_by": by},
    )
    if first_time:
        # From now on a part without rows says "none" instead of nothing: that is a fact.
        touch_facts(company_id)


@transaction.atomic
def confirm_part(*, company_id: int, part: Part, by: User, at: datetime) -> None:
    """A part is still right as it stands, or there is nothing to tell in it."""
    lock_company(company_id)
    _confirm(company_id, part, by, at)


@transaction.atomic
def keep_draft(
    *,
    company_id: int,
    draft: str,
    by: User,
    at: datetime,
    token: str,
    fields: Mapping[str, Sequence[str]],
) -> None:
    """Keep what this person typed; it replaces the earlier draft of the same page."""
    PartDraft.objects.update_or_create(
        company_id=company_id,
        saved_by=by,
        key=draft,
        defaults={"token": token, "fields": fields, "saved_at": at},
    )


@transaction.atomic
def drop_draft(*, company_id: int, draft: str, by: User) -> None:
    """Throw away what this person typed and did not save."""
    PartDraft.objects.filter(company_id=company_id, saved_by=by, key=draft).delete()


@transaction.atomic
def prune_drafts(*, now: datetime) -> int:
    """Throw away drafts that nobody came back for; how many."""
    return PartDraft.objects.filter(saved_at__lt=now - KEEP_DRAFTS).delete()[0]
