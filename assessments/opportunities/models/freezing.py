"""Database triggers: a published rule set never changes.

Each raises a check violation under its own constraint name, which Django shows as an
IntegrityError. The trigger on the content locks its rule set (FOR SHARE): a rule
cannot slip in while another transaction publishes.
"""

from __future__ import annotations

import pgtrigger

RULE_SET_FROZEN = "rule_set_frozen"
CONTENT_FROZEN = "rule_set_content_frozen"


def _refuse(constraint: str) -> str:
    return (
        "RAISE EXCEPTION 'A published rule set never changes' "
        f"USING ERRCODE = 'check_violation', CONSTRAINT = '{constraint}';"
    )


# Retiring is the only step that a published rule set still takes.
FROZEN_RULE_SET = pgtrigger.Trigger(
    name="frozen",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Q(old__status__in=["published", "retired"]),
    func=f"""
        IF TG_OP = 'UPDATE' AND OLD.status = 'published' AND NEW.status = 'retired' THEN
            OLD.status := NEW.status;
            IF OLD IS NOT DISTINCT FROM NEW THEN
                RETURN NEW;
            END IF;
        END IF;
        {_refuse(RULE_SET_FROZEN)}
    """,
)

FROZEN_CONTENT = pgtrigger.Trigger(
    name="frozen",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("found", "text")],
    func=f"""
        IF TG_OP <> 'INSERT' THEN
            SELECT status INTO found FROM opportunities_ruleset
            WHERE id = OLD.rule_set_id FOR SHARE;
            IF found <> 'draft' THEN
                {_refuse(CONTENT_FROZEN)}
            END IF;
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        SELECT status INTO found FROM opportunities_ruleset
        WHERE id = NEW.rule_set_id FOR SHARE;
        IF found <> 'draft' THEN
            {_refuse(CONTENT_FROZEN)}
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - constants of this room
)
