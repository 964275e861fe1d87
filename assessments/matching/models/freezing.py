"""Database triggers: a published policy never changes, the ledger is only added to."""

from __future__ import annotations

import pgtrigger

from portal.common.freezing import frozen_content, frozen_version, refuse

MESSAGE = "A published policy never changes"

FROZEN_POLICY = frozen_version(constraint="policy_frozen", message=MESSAGE)
FROZEN_CONTENT = frozen_content(
    versions="matching_policy",
    of_old="v.id = OLD.policy_id",
    of_new="v.id = NEW.policy_id",
    constraint="policy_content_frozen",
    message=MESSAGE,
)

APPENDED_ONLY = "matching_appended_only"
INTRODUCTION_KEPT = "introduction_kept"
STATE_OF_LAST_STEP = "introduction_state_of_last_step"
OF_MATCH = "introduction_of_match"


def goes_with(parent: str, key: str, *, constraint: str, message: str) -> pgtrigger.Trigger:
    """A row that is deleted only together with the row of table ``parent`` it belongs to.

    Looked at when the transaction ends: deleting a company takes all of it away.
    """
    return pgtrigger.Trigger(
        name="goes_with_parent",
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=pgtrigger.Delete,
        func=f"""
            IF EXISTS (SELECT 1 FROM {parent} p WHERE p.id = OLD.{key}) THEN
                {refuse(constraint=constraint, message=message)}
            END IF;
            RETURN NULL;
        """,  # noqa: S608 - constants of the code
    )


def appended_only(parent: str, key: str, message: str) -> tuple[pgtrigger.Trigger, ...]:
    """Rows that are only added: never changed, and gone only with their parent."""
    return (
        pgtrigger.Trigger(
            name="never_changes",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=refuse(constraint=APPENDED_ONLY, message=message),
        ),
        goes_with(parent, key, constraint=APPENDED_ONLY, message=message),
    )


_KEPT = "An introduction is kept; only its state moves"
KEPT_INTRODUCTION = (
    pgtrigger.Trigger(
        name="only_state_moves",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            OLD.state := NEW.state;
            IF OLD IS NOT DISTINCT FROM NEW THEN
                RETURN NEW;
            END IF;
            {refuse(constraint=INTRODUCTION_KEPT, message=_KEPT)}
        """,
    ),
    goes_with("profiles_company", "company_id", constraint=INTRODUCTION_KEPT, message=_KEPT),
    pgtrigger.Trigger(
        name="fits_match",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF NEW.match_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM matching_match m WHERE m.id = NEW.match_id
                AND m.company_id = NEW.company_id AND m.opportunity = NEW.opportunity
                AND m.establishment_id = NEW.establishment_id
            ) THEN
                {refuse(constraint=OF_MATCH, message="This match is of another pair")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - constants of the code
    ),
)


def _state_of_last_step(key: str) -> str:
    return f"""
        IF EXISTS (
            SELECT 1 FROM matching_introduction i WHERE i.id = NEW.{key}
            AND i.state IS DISTINCT FROM (
                SELECT s.state FROM matching_introductionstep s
                WHERE s.introduction_id = i.id ORDER BY s.number DESC LIMIT 1
            )
        ) THEN
            {refuse(constraint=STATE_OF_LAST_STEP, message="The state is that of the last step")}
        END IF;
        RETURN NULL;
    """  # noqa: S608 - constants of the code


# Both sides of the same rule, looked at when the transaction ends: a new step moves the
# state, and nothing else does.
STATE_FOLLOWS_STEPS = pgtrigger.Trigger(
    name="state_of_last_step",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=_state_of_last_step("id"),
)
STEP_MOVES_STATE = pgtrigger.Trigger(
    name="moves_state",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert,
    func=_state_of_last_step("introduction_id"),
)
