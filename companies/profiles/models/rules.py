"""Rules over several rows, held by deferred constraint triggers that lock the company.

A trigger runs at commit. It first locks the company row, so that two transactions
that each keep the rule alone cannot break it together; the statement after the lock
sees what the other one committed. ``NO KEY`` keeps the lock compatible with the
foreign-key checks of other inserts, which would otherwise deadlock.
"""

from __future__ import annotations

import pgtrigger


def shares_at_most_100(*, name: str, constraint: str) -> pgtrigger.Trigger:
    """The ``turnover_share`` of a company's rows adds up to at most 100.

    Breaking it raises IntegrityError at commit, with ``constraint`` as its name.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("turnover_share", "company_id"),  # type: ignore[no-untyped-call]
        timing=pgtrigger.Deferred,
        func=pgtrigger.Func(  # type: ignore[no-untyped-call]
            f"""
            PERFORM 1 FROM profiles_company WHERE id = NEW.company_id FOR NO KEY UPDATE;
            IF (SELECT COALESCE(SUM(turnover_share), 0) FROM {{meta.db_table}}
                WHERE company_id = NEW.company_id) > 100 THEN
                RAISE EXCEPTION 'The shares of turnover of company % add up to more than 100',
                    NEW.company_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{constraint}';
            END IF;
            RETURN NULL;
            """  # noqa: S608 - the names are ours
        ),
    )


def _owner_required(company: str) -> str:
    """PL/pgSQL that refuses an existing company (an expression) without an active owner."""
    return f"""
        PERFORM 1 FROM profiles_company WHERE id = {company} FOR NO KEY UPDATE;
        IF FOUND AND NOT EXISTS (
            SELECT 1 FROM profiles_membership AS m JOIN accounts_user AS u ON u.id = m.user_id
            WHERE m.company_id = {company} AND m.role = 'owner' AND u.is_active
        ) THEN
            RAISE EXCEPTION 'Company % has no owner', {company}
                USING ERRCODE = 'check_violation', CONSTRAINT = 'company_has_owner';
        END IF;
        RETURN NULL;
    """  # noqa: S608 - the names are ours


def owner_stays() -> pgtrigger.Trigger:
    """Membership: the last active owner of a company can neither leave nor lose the role.

    Blocking an account is always possible, so a company may be left with blocked owners
    only; its other members can still come and go, and staff appoint a new owner.
    """
    return pgtrigger.Trigger(
        name="owner_stays",
        when=pgtrigger.After,
        operation=pgtrigger.Delete | pgtrigger.UpdateOf("role", "company_id"),  # type: ignore[no-untyped-call]
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Q(old__role="owner"),
        func=pgtrigger.Func(_owner_required("OLD.company_id")),  # type: ignore[no-untyped-call]
    )


def owner_from_start() -> pgtrigger.Trigger:
    """Company: a new company has an owner by the end of the transaction that made it."""
    return pgtrigger.Trigger(
        name="owner_from_start",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        timing=pgtrigger.Deferred,
        func=pgtrigger.Func(_owner_required("NEW.id")),  # type: ignore[no-untyped-call]
    )
