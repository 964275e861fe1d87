"""Choices of this room: the domain's words with what people read."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import pgettext_lazy

from assessments.matching.domain.introductions import Reason, Side, State, Transition
from portal.common.choices import choices


class Opinion(models.TextChoices):
    """What somebody thinks of a match. ``UNDONE`` takes back what the same side said."""

    SEEN = "seen", pgettext_lazy("opinion on a match", "Seen")
    INTERESTED = "interested", pgettext_lazy("opinion on a match", "Interested")
    NOT_RELEVANT = "not_relevant", pgettext_lazy("opinion on a match", "Not relevant")
    UNDONE = "undone", pgettext_lazy("opinion on a match", "Taken back")


JUDGEMENTS = (Opinion.INTERESTED, Opinion.NOT_RELEVANT)

STATE_LABELS: dict[State, Any] = {
    State.PROPOSED: pgettext_lazy("introduction", "Proposed"),
    State.COMPANY_AGREES: pgettext_lazy("introduction", "The company wants to meet"),
    State.CONTACTED: pgettext_lazy("introduction", "The partner is contacted"),
    State.PARTNER_INTERESTED: pgettext_lazy("introduction", "The partner is interested"),
    State.DECLINED: pgettext_lazy("introduction", "Declined"),
    State.MEETING: pgettext_lazy("introduction", "Meeting"),
    State.AGREEMENT: pgettext_lazy("introduction", "Agreement"),
    State.RUNNING: pgettext_lazy("introduction", "Running"),
    State.ENDED: pgettext_lazy("introduction", "Ended"),
}
SIDE_LABELS: dict[Side, Any] = {
    Side.COMPANY: pgettext_lazy("side of an introduction", "the company"),
    Side.ADVISER: pgettext_lazy("side of an introduction", "the adviser"),
    Side.PARTNER: pgettext_lazy("side of an introduction", "the partner"),
}
TRANSITION_LABELS: dict[Transition, Any] = {
    Transition.PROPOSE: pgettext_lazy("step", "Propose to the company"),
    Transition.ASK: pgettext_lazy("step", "The company wants to meet this partner"),
    Transition.AGREE: pgettext_lazy("step", "The company agrees to meet"),
    Transition.CONTACT: pgettext_lazy("step", "The partner is contacted"),
    Transition.SHOW_INTEREST: pgettext_lazy("step", "The partner is interested"),
    Transition.COMPANY_DECLINES: pgettext_lazy("step", "The company does not want it"),
    Transition.PARTNER_DECLINES: pgettext_lazy("step", "The partner does not want it"),
    Transition.MEET: pgettext_lazy("step", "A meeting is planned"),
    Transition.SIGN: pgettext_lazy("step", "An agreement is made"),
    Transition.START: pgettext_lazy("step", "The work starts"),
    Transition.END: pgettext_lazy("step", "The work ends"),
    Transition.SHELVE: pgettext_lazy("step", "Nothing comes of it"),
}
REASON_LABELS: dict[Reason, Any] = {
    Reason.ACTIVITY: pgettext_lazy("reason", "The activities do not fit"),
    Reason.DISTANCE: pgettext_lazy("reason", "Too far or hard to reach"),
    Reason.CAPACITY: pgettext_lazy("reason", "Too little capacity"),
    Reason.QUALITY: pgettext_lazy("reason", "Quality or certificates do not fit"),
    Reason.PRICE: pgettext_lazy("reason", "The price does not fit"),
    Reason.NO_NEED: pgettext_lazy("reason", "No need for it now"),
    Reason.KNOWN: pgettext_lazy("reason", "We know each other already"),
    Reason.COMPETITOR: pgettext_lazy("reason", "It is a competitor"),
    Reason.WRONG_ENTRY: pgettext_lazy("reason", "The data on this partner are wrong"),
    Reason.COMPLETED: pgettext_lazy("reason", "Completed as agreed"),
    Reason.STOPPED_BY_COMPANY: pgettext_lazy("reason", "The company stopped earlier"),
    Reason.STOPPED_BY_PARTNER: pgettext_lazy("reason", "The partner stopped earlier"),
    Reason.NO_ANSWER: pgettext_lazy("reason", "No answer"),
    Reason.POSTPONED: pgettext_lazy("reason", "Put off to later"),
    Reason.MISTAKE: pgettext_lazy("reason", "Begun by mistake"),
    Reason.OTHER: pgettext_lazy("reason", "Another reason"),
}
STATE_CHOICES = choices(STATE_LABELS)
SIDE_CHOICES = choices(SIDE_LABELS)
TRANSITION_CHOICES = choices(TRANSITION_LABELS)
REASON_CHOICES = choices(REASON_LABELS)
