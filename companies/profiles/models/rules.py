"""What the database itself holds: rules over several rows, and the version of the facts.

A rule is a deferred constraint trigger that runs at commit. It first locks the company
row, so that two transactions that each keep the rule alone cannot break it together;
the statement after the lock sees what the other one committed. ``NO KEY`` keeps the
lock compatible with the foreign-key checks of other inserts, which would otherwise
deadlock. The version of the facts: ``docs/decisions/0009-facts-version-by-trigger.md``.
"""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.utils.translation import gettext_lazy as _

from portal.common.freezing import refuse

SHARES_MESSAGE = _("The shares of turnover add up to more than 100 %.")
RAISES_PREFIX = "facts_version_on"


def raises_facts_version(*, company: str = "{row}.company_id") -> tuple[pgtrigger.Trigger, ...]:
    """Triggers for ``Meta.triggers`` of a fact: each write raises the company's version.

    ``company`` is SQL for the primary key of the company, with ``{row}`` for the row; by
    default its ``company_id``. A statement raises the version of each company once,
    however many rows it writes, and not at all when it changes nothing.
    """
    row_company = company.format(row="r")
    changed = {
        "insert": "SELECT * FROM new_rows",
        "delete": "SELECT * FROM old_rows",
        # Both sides, since a row may move to another company.
        "update": (
            "SELECT o.* FROM old_rows o FULL JOIN new_rows n USING (id) WHERE o IS DISTINCT FROM n "
            "UNION ALL "
            "SELECT n.* FROM old_rows o FULL JOIN new_rows n USING (id) WHERE o IS DISTINCT FROM n"
        ),
    }
    tables: Any = pgtrigger.Referencing  # its stubs are missing
    operations = {
        "insert": (pgtrigger.Insert, tables(new="new_rows")),
        "update": (pgtrigger.Update, tables(old="old_rows", new="new_rows")),
        "delete": (pgtrigger.Delete, tables(old="old_rows")),
    }
    return tuple(
        pgtrigger.Trigger(
            name=f"{RAISES_PREFIX}_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            declare=[("touched", "bigint[]")],
            # Locked in one order, so that two writes over many companies do not deadlock.
            func=f"""
                touched := ARRAY(SELECT DISTINCT {row_company} FROM ({changed[name]}) r
                    WHERE r.id IS NOT NULL);
                IF touched <> '{{}}' THEN
                    PERFORM 1 FROM profiles_company
                        WHERE id = ANY (touched) ORDER BY id FOR NO KEY UPDATE;
                    UPDATE profiles_company SET facts_version = facts_version + 1
                        WHERE id = ANY (touched);
                END IF;
                RETURN NULL;
            """,  # noqa: S608 - the names are ours
        )
        for name, (operation, referencing) in operations.items()
    )


def own_facts_version(*columns: str) -> pgtrigger.Trigger:
    """Company: a change of these columns raises the version, and nothing lowers it.

    A plain ``save()`` writes back the version that it read, which may be old by now.
    """
    before = ", ".join(f"OLD.{column}" for column in columns)
    after = ", ".join(f"NEW.{column}" for column in columns)
    return pgtrigger.Trigger(
        name="own_facts_version",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            NEW.facts_version := GREATEST(NEW.facts_version, OLD.facts_version);
            IF NEW.facts_version = OLD.facts_version
                AND ROW({before}) IS DISTINCT FROM ROW({after}) THEN
                NEW.facts_version := OLD.facts_version + 1;
            END IF;
            RETURN NEW;
        """,
    )


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


def year_has_begun(*, name: str, constraint: str) -> pgtrigger.Trigger:
    """The row's ``year`` is not in the future, by the calendar of Belgium.

    A CHECK constraint may not look at the clock: what it holds must stay true. This looks
    once, when the year is written.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("year"),  # type: ignore[no-untyped-call]
        func=pgtrigger.Func(  # type: ignore[no-untyped-call]
            f"""
            IF NEW.year > EXTRACT(YEAR FROM now() AT TIME ZONE 'Europe/Brussels') THEN
                {refuse(constraint=constraint, message="The year has not begun yet")}
            END IF;
            RETURN NEW;
            """
        ),
    )


def places_within_heads(*, of_year: bool) -> pgtrigger.Trigger:
    """People in enclaves and on location together are at most all target-group workers.

    For the year itself, or (not ``of_year``) for its cells. Looked at when all is written.
    """
    key = "id" if of_year else "workforce_year_id"
    refusal = refuse(
        constraint="workforce_places_within_heads", message="More people elsewhere than there are"
    )
    operation = (
        pgtrigger.Insert | pgtrigger.UpdateOf("enclave_heads", "on_location_heads")  # type: ignore[no-untyped-call]
        if of_year
        else pgtrigger.Delete | pgtrigger.UpdateOf("heads", "workforce_year_id")  # type: ignore[no-untyped-call]
    )
    return pgtrigger.Trigger(
        name="places_within_heads",
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        func=f"""
            PERFORM 1 FROM profiles_company WHERE id IN (
                SELECT company_id FROM profiles_workforceyear WHERE id IN (OLD.{key}, NEW.{key})
            ) ORDER BY id FOR NO KEY UPDATE;
            IF EXISTS (
                SELECT 1 FROM profiles_workforceyear y
                WHERE y.id IN (OLD.{key}, NEW.{key})
                    AND y.enclave_heads + y.on_location_heads > (
                        SELECT COALESCE(SUM(heads), 0) FROM profiles_workforcecell
                        WHERE workforce_year_id = y.id)
            ) THEN
                {refusal}
            END IF;
            RETURN NULL;
        """,  # noqa: S608 - the names are ours
    )


def norm_stays_when_used() -> pgtrigger.Trigger:
    """Norm: one that a year of a company is held against keeps its date and is not deleted.

    Its figures can be corrected. A norm counts for the years that end while it is in force.
    """
    refusal = refuse(constraint="norm_in_use", message="Years of companies are held against it")
    return pgtrigger.Trigger(
        name="stays_when_used",
        when=pgtrigger.Before,
        operation=pgtrigger.Delete | pgtrigger.UpdateOf("valid_from"),  # type: ignore[no-untyped-call]
        func=f"""
            IF (TG_OP = 'DELETE' OR OLD.valid_from <> NEW.valid_from) AND EXISTS (
                SELECT 1 FROM profiles_workforceyear y
                WHERE make_date(y.year, 12, 31) >= OLD.valid_from AND NOT EXISTS (
                    SELECT 1 FROM profiles_workforcenorm n WHERE n.valid_from > OLD.valid_from
                        AND n.valid_from <= make_date(y.year, 12, 31))
            ) THEN
                {refusal}
            END IF;
            IF TG_OP = 'DELETE' THEN
                RETURN OLD;
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - the names are ours
    )


def norm_raises_facts_version() -> pgtrigger.Trigger:
    """Norm: when one appears, changes or goes, companies with a workforce are looked at again."""
    return pgtrigger.Trigger(
        name="raises_facts_version",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            IF OLD IS DISTINCT FROM NEW THEN
                PERFORM 1 FROM profiles_company
                    WHERE id IN (SELECT company_id FROM profiles_workforceyear)
                    ORDER BY id FOR NO KEY UPDATE;
                UPDATE profiles_company SET facts_version = facts_version + 1
                    WHERE id IN (SELECT company_id FROM profiles_workforceyear);
            END IF;
            RETURN NULL;
        """,
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


def establishment_stays() -> pgtrigger.Trigger:
    """CompanyEstablishment: the last place where a company works cannot be taken away."""
    return pgtrigger.Trigger(
        name="establishment_stays",
        when=pgtrigger.After,
        operation=pgtrigger.Delete | pgtrigger.UpdateOf("company_id"),  # type: ignore[no-untyped-call]
        timing=pgtrigger.Deferred,
        func=pgtrigger.Func(  # type: ignore[no-untyped-call]
            """
            PERFORM 1 FROM profiles_company WHERE id = OLD.company_id FOR NO KEY UPDATE;
            IF FOUND AND NOT EXISTS (
                SELECT 1 FROM {meta.db_table} WHERE company_id = OLD.company_id
            ) THEN
                RAISE EXCEPTION 'Company % has no establishment', OLD.company_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'company_has_establishment';
            END IF;
            RETURN NULL;
            """
        ),
    )
