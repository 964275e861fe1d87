"""Life of a rule set: shipped, copied to a draft, published, retired."""

from __future__ import annotations

import logging

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from assessments.opportunities.content import SHIPPED_EDITION, read_rule_set
from assessments.opportunities.domain.comparing import fingerprint
from assessments.opportunities.models import BaselineValue, Rule, RuleSet
from assessments.opportunities.selectors import missing_from, rule_set_values
from portal.accounts.models import User
from portal.common.versioned import VersionStatus

logger = logging.getLogger(__name__)


class IncompleteRuleSetError(Exception):
    """A draft lacks starting values or reads a fact that nobody can enter."""


class DraftChangedError(Exception):
    """Somebody edited the draft after the preview was shown."""


@transaction.atomic
def load_reference() -> None:
    """Load the edition that comes with this release, once.

    It is published when nothing is published yet or an earlier edition is. Administrators
    who published a version of their own keep it; the new edition then waits as a draft.
    """
    if RuleSet.objects.filter(edition=SHIPPED_EDITION).exists():
        return
    draft = load_edition(SHIPPED_EDITION)
    published = RuleSet.objects.filter(status=VersionStatus.PUBLISHED).first()
    if published is None or published.edition is not None:
        _put_in_force(draft, by=None)
    else:
        logger.warning(
            "Edition %s of the rule set waits as a draft: administrators published a version"
            " of their own",
            SHIPPED_EDITION,
        )


@transaction.atomic
def load_edition(edition: int) -> RuleSet:
    """A shipped edition as a draft under the next number; IntegrityError when it is there."""
    raw = read_rule_set(edition)
    rule_set = RuleSet.objects.create(version=_next_version(), note=raw["note"], edition=edition)
    BaselineValue.objects.bulk_create(
        BaselineValue(
            rule_set=rule_set, opportunity=opportunity, cell=cell, criterion=criterion, value=value
        )
        for opportunity, cells in raw["baseline"].items()
        for cell, criteria in cells.items()
        for criterion, value in criteria.items()
    )
    Rule.objects.bulk_create(Rule(rule_set=rule_set, **entry) for entry in raw["rules"])
    return rule_set


def _next_version() -> int:
    return (RuleSet.objects.aggregate(highest=Max("version"))["highest"] or 0) + 1


@transaction.atomic
def copy_rule_set(*, rule_set_id: int, note: str = "") -> RuleSet:
    """A new draft with everything of another version in it."""
    source = RuleSet.objects.get(pk=rule_set_id)
    draft = RuleSet.objects.create(version=_next_version(), note=note)
    values = list(BaselineValue.objects.filter(rule_set=source).order_by("pk"))
    rules = list(Rule.objects.filter(rule_set=source).order_by("pk"))
    for value in values:
        value.pk, value.rule_set = None, draft
    for rule in rules:
        rule.pk, rule.rule_set = None, draft
    BaselineValue.objects.bulk_create(values)
    Rule.objects.bulk_create(rules)
    return draft


@transaction.atomic
def publish_rule_set(*, rule_set_id: int, by: User, seen: str = "") -> RuleSet:
    """Make a draft the version in force; the one before it retires.

    Assessments follow by themselves: every company is behind from now on. ``seen`` is the
    fingerprint of what the person saw ('' does not ask): DraftChangedError when the draft
    is another one by now. Raises IncompleteRuleSetError, or RuleSet.DoesNotExist when it
    is no draft.
    """
    rule_set = RuleSet.objects.select_for_update(of=("self",)).get(
        pk=rule_set_id, status=VersionStatus.DRAFT
    )
    if seen and seen != fingerprint(rule_set_values(rule_set)):
        raise DraftChangedError
    missing = missing_from(rule_set)
    if missing:
        raise IncompleteRuleSetError(missing)
    return _put_in_force(rule_set, by=by)


def _put_in_force(rule_set: RuleSet, *, by: User | None) -> RuleSet:
    published = RuleSet.objects.select_for_update(of=("self",)).filter(
        status=VersionStatus.PUBLISHED
    )
    for before in published:
        before.status = VersionStatus.RETIRED
        before.save(update_fields=["status"])
    rule_set.status = VersionStatus.PUBLISHED
    rule_set.published_at = timezone.now()
    rule_set.published_by = by
    rule_set.save(update_fields=["status", "published_at", "published_by"])
    return rule_set
