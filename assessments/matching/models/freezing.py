"""Database triggers: a published policy never changes.

Each raises a check violation under its own constraint name, which Django shows as an
IntegrityError. The trigger on the content locks its policy (FOR SHARE): a weight
cannot slip in while another transaction publishes.
"""

from __future__ import annotations

import pgtrigger

POLICY_FROZEN = "policy_frozen"
CONTENT_FROZEN = "policy_content_frozen"


def _refuse(constraint: str) -> str:
    return (
        "RAISE EXCEPTION 'A published policy never changes' "
        f"USING ERRCODE = 'check_violation', CONSTRAINT = '{constraint}';"
    )


# Retiring is the only step that a published policy still takes.
FROZEN_POLICY = pgtrigger.Trigger(
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
        {_refuse(POLICY_FROZEN)}
    """,
)

FROZEN_CONTENT = pgtrigger.Trigger(
    name="frozen",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("found", "text")],
    func=f"""
        IF TG_OP <> 'INSERT' THEN
            SELECT status INTO found FROM matching_policy WHERE id = OLD.policy_id FOR SHARE;
            IF found <> 'draft' THEN
                {_refuse(CONTENT_FROZEN)}
            END IF;
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        SELECT status INTO found FROM matching_policy WHERE id = NEW.policy_id FOR SHARE;
        IF found <> 'draft' THEN
            {_refuse(CONTENT_FROZEN)}
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - constants of this room
)
