"""Writes to the support needs of a scan; they belong to no fact that another room reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from assessments.readiness.domain.answers import MergeOutcome, merge_words
from assessments.readiness.domain.parts import SupportNeed, TeamShare
from assessments.readiness.models import SupportNeedShare
from assessments.readiness.selectors import support_needs
from assessments.readiness.services.scans import _locked_open_scan


@dataclass(frozen=True, slots=True)
class NeedChange:
    """What a page sends for one need; ``seen`` is what it showed, empty for no answer."""

    seen: str
    typed: TeamShare


@dataclass(frozen=True, slots=True)
class NeedsSaved:
    """Needs that were written, that now stand as typed, and that somebody else changed."""

    written: tuple[SupportNeed, ...] = ()
    agreed: tuple[SupportNeed, ...] = ()
    conflicts: tuple[SupportNeed, ...] = ()


@transaction.atomic
def save_needs(*, scan_id: int, changes: Mapping[SupportNeed, NeedChange]) -> NeedsSaved:
    """Write the share of teams by need; what somebody else changed is not overwritten.

    A need that is not among the changes is left alone. Raises ScanClosedError when the scan
    was submitted.
    """
    scan = _locked_open_scan(scan_id)
    stored = support_needs(scan)
    found: dict[MergeOutcome, list[SupportNeed]] = {outcome: [] for outcome in MergeOutcome}
    for need, change in changes.items():
        now = stored.get(need, "")
        found[merge_words(seen=change.seen, stored=now, typed=change.typed)].append(need)
    for need in found[MergeOutcome.WRITE]:
        share = changes[need].typed.value
        if need in stored:
            SupportNeedShare.objects.filter(scan=scan, need=need.value).update(share=share)
        else:
            SupportNeedShare.objects.create(scan=scan, need=need.value, share=share)
    same = [need for need in found[MergeOutcome.KEEP] if changes[need].typed == stored.get(need)]
    return NeedsSaved(
        written=tuple(found[MergeOutcome.WRITE]),
        agreed=(*found[MergeOutcome.WRITE], *same),
        conflicts=tuple(found[MergeOutcome.CONFLICT]),
    )
