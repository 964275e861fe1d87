"""What the database refused, in words: from the name of a rule to its message and its place.

A rule is a constraint with ``violation_error_message``, or a trigger whose model names it
in ``rule_messages``. Forms check the same rules first; a refusal is what two people did
together, or a path without a form.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import IntegrityError
from django.forms import BaseFormSet
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.forms import BaseForm

    AnyForm = BaseForm | BaseFormSet[Any]


def broken_rule(error: BaseException | None) -> str:
    """The name of the rule that PostgreSQL names; empty when it names none."""
    diag = getattr(getattr(error, "__cause__", None), "diag", None)
    return str(getattr(diag, "constraint_name", None) or "")


@cache
def _messages() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            message = getattr(constraint, "violation_error_message", None)
            if message and message != constraint.default_violation_error_message:
                found[constraint.name] = message
        found |= getattr(model, "rule_messages", {})
    return found


def message_of(name: str) -> Any | None:
    """What to tell about the rule ``name``; None when it has no message."""
    return _messages().get(name)


def explain(form: AnyForm, error: IntegrityError) -> bool:
    """Put the message of the broken rule at its field of a bound form; False without a message.

    ``rule_fields`` of the form says which rule belongs to which field; every other message
    stands above the form. Call it after the transaction is over.
    """
    name = broken_rule(error)
    message = message_of(name)
    if message is None:
        return False
    if isinstance(form, BaseFormSet):
        form.non_form_errors().append(message)
        return True
    field = getattr(form, "rule_fields", {}).get(name)
    form.add_error(field if field in form.fields else None, message)
    return True


def reason_of(error: IntegrityError) -> Any:
    """The message of the broken rule, or else the first line of what the database says."""
    return message_of(broken_rule(error)) or str(error).splitlines()[0] or _("Unknown reason")
