"""Bring an update into the register as a full extract of the touched entities would.

What no file of the update touches is put beside the staged rows from the register itself
(with the entities that depend on them), the rule of what is kept is applied, and then the
statements of a full import run on these entities alone. Nothing reads a whole table.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from companies.register.importing import merge
from companies.register.importing.errors import Rejects
from companies.register.importing.selection import IS_WATCHED, WatchList
from companies.register.importing.touched import ACTIVITY, ADDRESS, BASE, CONTACT, NAME
from portal.common.text import name_key

# A place moved to an enterprise that nobody knows stays with its old one.
STAYS_SQL = """
    UPDATE st_establishment s SET enterprise = r.enterprise_id
    FROM register_establishment r WHERE s.enterprise IS NULL AND r.number = s.number
    """
# A place depends on the name, kind and activities of its enterprise; an enterprise is kept
# for its places.
AFFECTED_SQL = (
    "DROP TABLE IF EXISTS pg_temp.st_place, pg_temp.st_owner, pg_temp.st_other",
    """
    CREATE TEMPORARY TABLE st_place ON COMMIT DROP AS
    SELECT number FROM st_touched WHERE is_place
    UNION
    SELECT r.number FROM st_touched t JOIN register_establishment r ON r.enterprise_id = t.number
    WHERE NOT t.is_place AND r.is_active AND t.files & (%(base)s | %(name)s | %(activity)s) <> 0
    """,
    "ANALYZE st_place",
    """
    CREATE TEMPORARY TABLE st_owner ON COMMIT DROP AS
    SELECT number FROM st_touched WHERE NOT is_place
    UNION
    SELECT r.enterprise_id FROM st_place p JOIN register_establishment r USING (number)
    WHERE r.is_active
    UNION
    SELECT enterprise FROM st_establishment
    """,
    "ANALYZE st_owner",
    """
    CREATE TEMPORARY TABLE st_other ON COMMIT DROP AS
    SELECT DISTINCT r.enterprise_id AS number
    FROM st_owner o JOIN register_establishment r ON r.enterprise_id = o.number AND r.is_active
    LEFT JOIN st_place p ON p.number = r.number
    WHERE p.number IS NULL
    """,
)
# The active ones among the affected, with the files that touch them.
FILL_SQL = (
    "DROP TABLE IF EXISTS pg_temp.st_old_place, pg_temp.st_old_owner",
    """
    CREATE TEMPORARY TABLE st_old_place ON COMMIT DROP AS
    SELECT r.number, coalesce(t.files, 0) AS files
    FROM st_place p JOIN register_establishment r USING (number)
    LEFT JOIN st_touched t ON t.number = r.number WHERE r.is_active
    """,
    """
    CREATE TEMPORARY TABLE st_old_owner ON COMMIT DROP AS
    SELECT r.number, coalesce(t.files, 0) AS files
    FROM st_owner o JOIN register_enterprise r USING (number)
    LEFT JOIN st_touched t ON t.number = r.number WHERE r.is_active
    """,
    "ANALYZE st_old_place",
    "ANALYZE st_old_owner",
    """
    INSERT INTO st_enterprise
    SELECT 0, r.number, concat_ws('.', left(r.number, 4), substr(r.number, 5, 3),
      right(r.number, 3)), r.is_natural_person, r.legal_form, r.legal_situation, r.started_on,
      false
    FROM st_old_owner o JOIN register_enterprise r USING (number) WHERE o.files & %(base)s = 0
    """,
    """
    INSERT INTO st_establishment
    SELECT 0, r.number, r.enterprise_id, r.started_on
    FROM st_old_place o JOIN register_establishment r USING (number) WHERE o.files & %(base)s = 0
    """,
    """
    INSERT INTO st_name
    SELECT 0, r.number, 0, NULL, r.name, r.name_key
    FROM st_old_owner o JOIN register_enterprise r USING (number) WHERE o.files & %(name)s = 0
    UNION ALL
    SELECT 1, r.number, 1, 0, r.trade_name, NULL
    FROM st_old_owner o JOIN register_enterprise r USING (number)
    WHERE o.files & %(name)s = 0 AND r.trade_name <> ''
    UNION ALL
    SELECT 0, r.number, 0, 0, r.own_name, r.name_key
    FROM st_old_place o JOIN register_establishment r USING (number)
    WHERE o.files & %(name)s = 0 AND r.own_name <> ''
    """,
    """
    INSERT INTO st_address
    SELECT 0, r.number, 0, r.street, r.house_number, r.box, r.postcode, r.municipality, '',
      r.country, '', NULL, NULL
    FROM st_old_owner o JOIN register_enterprise r USING (number) WHERE o.files & %(address)s = 0
    UNION ALL
    SELECT 0, r.number, 0, r.street, r.house_number, r.box, r.postcode, r.municipality, NULL,
      '', r.province, r.x_m, r.y_m
    FROM st_old_place o JOIN register_establishment r USING (number)
    WHERE o.files & %(address)s = 0
    """,
    """
    INSERT INTO st_activity
    SELECT o.number, a.version, a.code, array_position('{MAIN,SECO,ANCI}', a.classification) - 1
    FROM st_old_owner o JOIN register_enterpriseactivity a ON a.enterprise_id = o.number
    WHERE o.files & %(activity)s = 0
    UNION ALL
    SELECT o.number, a.version, a.code, array_position('{MAIN,SECO,ANCI}', a.classification) - 1
    FROM st_old_place o JOIN register_establishmentactivity a ON a.establishment_id = o.number
    WHERE o.files & %(activity)s = 0 AND NOT a.is_inherited
    """,
    """
    INSERT INTO st_contact
    SELECT 0, o.number, c.kind, c.value
    FROM st_old_owner o JOIN register_contactchannel c ON c.enterprise_id = o.number
    WHERE o.files & %(contact)s = 0
    UNION ALL
    SELECT 0, o.number, c.kind, c.value
    FROM st_old_place o JOIN register_contactchannel c ON c.establishment_id = o.number
    WHERE o.files & %(contact)s = 0
    """,
)
FILES = {
    "base": BASE, "activity": ACTIVITY, "name": NAME, "address": ADDRESS, "contact": CONTACT,
}  # fmt: skip
KEYLESS_SQL = """
    SELECT name FROM st_name WHERE name_key IS NULL
    UNION
    SELECT municipality FROM st_address WHERE municipality_key IS NULL
    """
KEYS_SQL = (
    """
    UPDATE st_name n SET name_key = k.key FROM unnest(%s::text[], %s::text[]) AS k (text, key)
    WHERE n.name_key IS NULL AND n.name = k.text
    """,
    """
    UPDATE st_address a SET municipality_key = k.key
    FROM unnest(%s::text[], %s::text[]) AS k (text, key)
    WHERE a.municipality_key IS NULL AND a.municipality = k.text
    """,
)
# The rule of ``Selection.keeps_establishment``, and what a full merge drops.
KEPT_SQL = (
    "DROP TABLE IF EXISTS pg_temp.st_kept, pg_temp.st_kept_owner",
    """
    CREATE TEMPORARY TABLE st_kept ON COMMIT DROP AS
    SELECT s.number, s.enterprise
    FROM st_establishment s
    JOIN st_enterprise e ON e.number = s.enterprise
    LEFT JOIN st_verdict own ON own.number = s.number
    LEFT JOIN st_verdict parent ON parent.number = e.number
    LEFT JOIN register_knownnumber k ON k.number = e.number
    LEFT JOIN (SELECT DISTINCT number FROM st_address) a ON a.number = s.number
    WHERE (k.number IS NOT NULL OR coalesce(own.is_watched, parent.is_watched, false))
      AND (a.number IS NOT NULL OR NOT e.is_natural)
    """,
    "ANALYZE st_kept",
    """
    DELETE FROM st_establishment s
    WHERE NOT EXISTS (SELECT 1 FROM st_kept k WHERE k.number = s.number)
    """,
    """
    CREATE TEMPORARY TABLE st_kept_owner ON COMMIT DROP AS
    SELECT e.number
    FROM st_enterprise e
    LEFT JOIN st_verdict v USING (number)
    LEFT JOIN register_knownnumber k USING (number)
    LEFT JOIN (SELECT DISTINCT enterprise AS number FROM st_kept) p USING (number)
    LEFT JOIN st_other o USING (number)
    WHERE k.number IS NOT NULL OR p.number IS NOT NULL OR o.number IS NOT NULL
      OR (v.is_watched AND NOT e.is_natural)
    """,
    "ANALYZE st_kept_owner",
    """
    DELETE FROM st_enterprise e
    WHERE NOT EXISTS (SELECT 1 FROM st_kept_owner k WHERE k.number = e.number)
    """,
)
VERDICT_SQL = """
    CREATE TEMPORARY TABLE st_verdict ON COMMIT DROP AS
    SELECT a.number, bool_or(w.code IS NOT NULL) AS is_watched
    FROM st_activity a
    LEFT JOIN unnest(%s::text[], %s::text[]) AS w (version, code) USING (version, code)
    GROUP BY a.number
    """
OLD_CHANNELS_SQL = (
    """
    DELETE FROM register_contactchannel r USING st_owner o
    WHERE r.enterprise_id = o.number AND NOT EXISTS (
      SELECT 1 FROM st_channel c
      WHERE c.number = o.number AND c.kind = r.kind AND c.value = r.value)
    """,
    """
    DELETE FROM register_contactchannel r USING st_place o
    WHERE r.establishment_id = o.number AND NOT EXISTS (
      SELECT 1 FROM st_channel c
      WHERE c.number = o.number AND c.kind = r.kind AND c.value = r.value)
    """,
)
GONE_ESTABLISHMENTS_SQL = """
    UPDATE register_establishment r SET is_active = false FROM st_place p
    WHERE r.number = p.number AND r.is_active
      AND NOT EXISTS (SELECT 1 FROM st_establishment s WHERE s.number = p.number)
    """
GONE_ENTERPRISES_SQL = """
    UPDATE register_enterprise r SET is_active = false FROM st_owner o
    WHERE r.number = o.number AND r.is_active
      AND NOT EXISTS (SELECT 1 FROM st_enterprise e WHERE e.number = o.number)
    """
STAGED = ("st_enterprise", "st_establishment", "st_name", "st_address", "st_activity", "st_contact")


def complete(watched: WatchList) -> None:
    """Put beside the staged rows what they lack, and drop what is not kept.

    Afterwards the staging tables hold the kept ones of the affected entities whole, and
    ``st_place`` and ``st_owner`` all of the affected ones.
    """
    with connection.cursor() as cursor:
        for statement in (STAYS_SQL, *AFFECTED_SQL, *FILL_SQL):
            cursor.execute(statement, FILES)
        _keys(cursor)
        for table in STAGED:
            cursor.execute(f"ANALYZE {table}")
        cursor.execute("SELECT DISTINCT version, code FROM st_activity")
        codes = [key for key in cursor.fetchall() if IS_WATCHED[watched.bits(*key)]]
        versions = [version for version, _ in codes]
        cursor.execute("DROP TABLE IF EXISTS pg_temp.st_verdict")
        cursor.execute(VERDICT_SQL, (versions, [code for _, code in codes]))
        cursor.execute("ANALYZE st_verdict")
        for statement in KEPT_SQL:
            cursor.execute(statement)


def merge_update(rejects: Rejects) -> dict[str, int]:
    """Merge the completed rows; the counts that the import row keeps."""
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        for statement in merge.BEST_SQL:
            cursor.execute(statement)
        cursor.execute(merge.NACE_SQL)
        for kind, statement in (
            ("enterprises", merge.ENTERPRISES_SQL),
            ("establishments", merge.ESTABLISHMENTS_SQL),
        ):
            cursor.execute(statement)
            counts[f"{kind}_new"], counts[f"{kind}_changed"] = cursor.fetchone()
        for statement in (
            *merge.ACTIVITIES_SQL,
            *merge.CHANNELS_SQL,
            *OLD_CHANNELS_SQL,
            merge.NEW_CHANNELS_SQL,
        ):
            cursor.execute(statement)
        cursor.execute(GONE_ESTABLISHMENTS_SQL)
        counts["establishments_gone"] = cursor.rowcount
        cursor.execute(GONE_ENTERPRISES_SQL)
        counts["enterprises_gone"] = cursor.rowcount
        counts |= merge.kept(cursor)
    counts["rejected"] = rejects.count
    return counts


def affected_places() -> list[str]:
    """Numbers of the establishments that the update touched, themselves or by their enterprise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM st_place")
        return [number for (number,) in cursor.fetchall()]


def _keys(cursor: Any) -> None:
    """Sorting keys of names and towns that the register keeps without."""
    cursor.execute(KEYLESS_SQL)
    texts = [text for (text,) in cursor.fetchall()]
    keys = [name_key(text)[:320] for text in texts]
    for statement in KEYS_SQL:
        cursor.execute(statement, (texts, keys))
