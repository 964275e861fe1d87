"""Database triggers that keep a published version as it is (see ``portal.common.versioned``).

Each raises a check violation under a constraint name of its own, which Django shows as
an IntegrityError. A trigger that looks at a version locks it (FOR SHARE): a row cannot
slip in while another transaction publishes.
"""

from __future__ import annotations

import pgtrigger


def refuse(*, constraint: str, message: str) -> str:
    """The statement that refuses a write; both arguments are constants of the code."""
    return (
        f"RAISE EXCEPTION '{message}' "
        f"USING ERRCODE = 'check_violation', CONSTRAINT = '{constraint}';"
    )


def frozen_version(*, constraint: str, message: str) -> pgtrigger.Trigger:
    """A published or retired version: retiring is the only step that it still takes."""
    return pgtrigger.Trigger(
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
            {refuse(constraint=constraint, message=message)}
        """,
    )


def frozen_content(
    *, versions: str, of_old: str, of_new: str, constraint: str, message: str
) -> pgtrigger.Trigger:
    """No insert, update or delete below a version that is not a draft.

    ``versions`` is the table of versions; ``of_old`` and ``of_new`` are SQL conditions on
    its alias ``v`` that find the version of the row before and after the change. All are
    constants of the code. Without such a version (it is being deleted) nothing is refused.
    """
    refusal = refuse(constraint=constraint, message=message)
    return pgtrigger.Trigger(
        name="frozen",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("found", "text")],
        func=f"""
            IF TG_OP <> 'INSERT' THEN
                SELECT v.status INTO found FROM {versions} v WHERE {of_old} FOR SHARE;
                IF found <> 'draft' THEN
                    {refusal}
                END IF;
            END IF;
            IF TG_OP = 'DELETE' THEN
                RETURN OLD;
            END IF;
            SELECT v.status INTO found FROM {versions} v WHERE {of_new} FOR SHARE;
            IF found <> 'draft' THEN
                {refusal}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - constants of the code
    )
