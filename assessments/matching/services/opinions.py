"""What the two sides think of a match. A new opinion takes the place of the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assessments.matching.domain.introductions import REFUSALS, Reason, ReasonError, Side
from assessments.matching.enums import JUDGEMENTS, Opinion
from assessments.matching.models import Interaction, Introduction, Match
from assessments.matching.services.ledger import AlreadyOpenError, lock_open_company
from portal.accounts.models import User
from portal.common.vocabulary import Opportunity


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What an opinion is about, and whose it is."""

    company_id: int
    opportunity: Opportunity
    establishment_number: str
    side: Side

    @property
    def triple(self) -> dict[str, object]:
        """As columns."""
        return {
            "company_id": self.company_id,
            "opportunity": self.opportunity.value,
            "establishment_id": self.establishment_number,
        }


@transaction.atomic
def note_seen(*, about: Subject, by: User, now: datetime) -> bool:
    """Somebody of this side looked at the match; noted once, before any other opinion."""
    lock_open_company(about.company_id)
    if _newest(about) is not None:
        return False
    _write(about, Opinion.SEEN, by=by, now=now)
    return True


@transaction.atomic
def mark_interested(*, about: Subject, by: User, now: datetime) -> bool:
    """This side finds the match worth a talk; False when it said so already."""
    lock_open_company(about.company_id)
    return write_interest(about, by=by, now=now)


@transaction.atomic
def mark_not_relevant(
    *, about: Subject, reason: Reason, words: str = "", by: User, now: datetime
) -> bool:
    """This side does not want it: the pair rests for this opportunity. False when said so.

    Raises ReasonError for a reason that is no refusal or lacks its words, and
    AlreadyOpenError while an introduction is under way (decline that instead).
    """
    lock_open_company(about.company_id)
    words = words.strip()
    if reason not in REFUSALS or (reason is Reason.OTHER and not words):
        raise ReasonError(f"not relevant because of {reason}")
    if Introduction.objects.open().filter(**about.triple).exists():
        raise AlreadyOpenError
    newest = _newest(about)
    if newest is not None and (newest.opinion, newest.reason, newest.words) == (
        Opinion.NOT_RELEVANT,
        reason,
        words,
    ):
        return False
    _write(about, Opinion.NOT_RELEVANT, reason=reason, words=words, by=by, now=now)
    return True


@transaction.atomic
def take_back(*, about: Subject, by: User, now: datetime) -> bool:
    """Undo this side's opinion by a new entry; False when there is none to undo.

    It is booked on the policy of what it undoes, so that a mistake counts nowhere.
    """
    lock_open_company(about.company_id)
    newest = _newest(about)
    if newest is None or newest.opinion not in JUDGEMENTS:
        return False
    _write(about, Opinion.UNDONE, undoes=newest, by=by, now=now)
    return True


def write_interest(about: Subject, *, by: User, now: datetime) -> bool:
    """As ``mark_interested``, for a caller that holds the company's lock."""
    newest = _newest(about)
    if newest is not None and newest.opinion == Opinion.INTERESTED:
        return False
    _write(about, Opinion.INTERESTED, by=by, now=now)
    return True


def _newest(about: Subject) -> Interaction | None:
    rows = Interaction.objects.filter(**about.triple, side=about.side.value)
    return rows.order_by("-pk").first()


def _write(
    about: Subject,
    opinion: Opinion,
    *,
    by: User,
    now: datetime,
    reason: Reason | None = None,
    words: str = "",
    undoes: Interaction | None = None,
) -> None:
    if undoes is None:
        match = Match.objects.filter(**about.triple).select_related("run").first()
        policy_id, proposed = (match.run.policy_id, match.proposed) if match else (None, False)
    else:
        policy_id, proposed = undoes.policy_id, undoes.proposed
    Interaction.objects.create(
        **about.triple,
        side=about.side.value,
        opinion=opinion,
        reason=reason.value if reason else "",
        words=words,
        policy_id=policy_id,
        proposed=proposed,
        given_at=now,
        given_by=by,
    )
