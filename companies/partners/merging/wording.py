"""A merge in words: rows, values and what happens to them, for the page and the log."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import display_for_field
from django.db import models
from django.utils.translation import gettext_lazy as _

from companies.partners.merging.plan import Choice, Plan, Step
from companies.partners.merging.relations import Relation, Rule, relations_to
from companies.partners.models import Partner
from companies.register.domain.numbers import format_number
from companies.register.models import Establishment

EMPTY = "–"
MOST_WORDS = 3
MOST_LISTED = 50

REFUSALS: dict[str, Any] = {
    "not_found": _("At least one of the two numbers is not in our copy of the register."),
    "same": _("These are twice the same number."),
    "merged": _("One of the two was merged into another number before. Use that number."),
    "inactive": _(
        "The number that would stay is no longer active in the register. "
        "Choose the other way round."
    ),
    "obstacles": _("Settle first what is under way at both; see below."),
    "changed": _("Something changed since you opened this page. Look again and confirm."),
    "rule": _("The database refused the merge, and nothing changed: %(reason)s"),
}


@dataclass(frozen=True)
class Line:
    """One kind of rows: how many each of the two has, and what happens to them."""

    label: str
    survivor: int
    loser: int
    moves: int
    stands: int


@dataclass(frozen=True)
class Side:
    """One of the two places beside the other."""

    place: Establishment
    printed: str
    partner: Partner | None


def shown(row: models.Model, field: models.Field[Any, Any]) -> str:
    """A value as the admin writes it; a dash for nothing."""
    if field.is_relation:
        related = getattr(row, field.name)
        return EMPTY if related is None else str(related)
    value = getattr(row, field.attname)
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    return EMPTY if value in ("", None) else str(display_for_field(value, field, EMPTY))


def describe(row: models.Model, without: str = "") -> str:
    """A row in a few words: its first values, without the key that led to it."""
    words = []
    for field in row._meta.concrete_fields:
        if field.primary_key or field.name == without:
            continue
        text = shown(row, field)
        if text != EMPTY:
            words.append(text)
        if len(words) == MOST_WORDS:
            break
    return ", ".join(words) or str(row)


def choice_label(choice: Choice) -> str:
    """Which field of which row: "needs of partners (enclave): radius"."""
    names = " + ".join(str(field.verbose_name) for field in choice.fields)
    kind = str(choice.twin._meta.verbose_name)
    if choice.relation.model is Partner:
        return f"{kind}: {names}"
    return f"{kind} ({describe(choice.twin, choice.relation.field.name)}): {names}"


def values_of(choice: Choice) -> list[tuple[str, str]]:
    """The two values to choose from, that of the number that stays first."""
    return [
        (side, f"{', '.join(shown(row, field) for field in choice.fields)} ({word})")
        for side, row, word in (
            ("survivor", choice.twin, _("of the number that stays")),
            ("loser", choice.row, _("of the number that ends")),
        )
    ]


def sides_of(plan: Plan) -> list[Side]:
    """The two places, the one that stays first."""
    partners = {
        partner.establishment_id: partner
        for partner in Partner.objects.filter(establishment__in=(plan.survivor, plan.loser))
    }
    return [
        Side(place, format_number(place.pk), partners.get(place.pk))
        for place in (plan.survivor, plan.loser)
    ]


def lines_of(plan: Plan) -> list[Line]:
    """By kind of rows: what each side has and what happens, history and mirror aside."""
    moves = Counter(step.relation.name for step in plan.moving)
    stands = Counter(step.relation.name for step in (*plan.standing, *plan.obstacles))
    at_survivor = _counted(plan.survivor)
    relations = {step.relation.name: step.relation for step in (*plan.steps, *plan.obstacles)}
    relations |= at_survivor[0]
    return [
        Line(
            label=relation.label,
            survivor=at_survivor[1][name],
            loser=moves[name] + stands[name],
            moves=moves[name],
            stands=stands[name],
        )
        for name, relation in sorted(relations.items())
    ]


def staying_of(plan: Plan) -> list[tuple[str, int]]:
    """(kind, how many) of what stays with the old number; all tables of history together."""
    counts: Counter[str] = Counter()
    for one in plan.stays:
        label = str(_("History")) if one.relation.is_history else one.relation.label
        counts[label] += one.count
    return sorted(counts.items())


def _counted(place: Establishment) -> tuple[dict[str, Relation], Counter[str]]:
    """What hangs directly on a place, and on its partner when there is one."""
    found: dict[str, Relation] = {}
    counts: Counter[str] = Counter()
    targets: list[models.Model] = [place, *Partner.objects.filter(establishment=place)]
    for target in targets:
        for relation in relations_to(type(target)):
            if relation.handling.rule is Rule.STAYS:
                continue
            if number := relation.rows_of(target).count():
                found[relation.name] = relation
                counts[relation.name] += number
    return found, counts


def listed(steps: list[Step]) -> list[tuple[str, str]]:
    """(kind, the row in words) of the first steps."""
    return [
        (step.relation.label, describe(step.row, step.relation.field.name))
        for step in steps[:MOST_LISTED]
    ]
