"""Bring the staged rows into the register: one set of statements, all or nothing.

Rows that did not change are left alone, so a nightly import of the same extract writes
next to nothing. What is gone is switched off, never deleted: partners, matches and
introductions may refer to it.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from companies.register.importing.errors import Rejects

# A natural person is no partner unless a place has an address; the person's own name stays
# out of establishments, which companies may see.
DROP_SQL = (
    """
    DELETE FROM st_establishment s USING st_enterprise e
    WHERE e.number = s.enterprise AND e.is_natural
      AND NOT EXISTS (SELECT 1 FROM st_address a WHERE a.number = s.number)
    """,
    """
    DELETE FROM st_enterprise e
    WHERE e.is_natural AND NOT e.is_known
      AND NOT EXISTS (SELECT 1 FROM st_establishment s WHERE s.enterprise = e.number)
    """,
)
ORPHANS_SQL = """
    DELETE FROM st_establishment s
    WHERE NOT EXISTS (SELECT 1 FROM st_enterprise e WHERE e.number = s.enterprise)
    RETURNING line, number
    """
BEST_SQL = (
    "DROP TABLE IF EXISTS pg_temp.st_best_name, pg_temp.st_best_trade, pg_temp.st_best_address",
    """
    CREATE TEMPORARY TABLE st_best_name ON COMMIT DROP AS
    SELECT DISTINCT ON (number) number, name, name_key FROM st_name
    ORDER BY number, rank, line
    """,
    """
    CREATE TEMPORARY TABLE st_best_trade ON COMMIT DROP AS
    SELECT DISTINCT ON (number) number, name, name_key FROM st_name
    WHERE trade_rank IS NOT NULL ORDER BY number, trade_rank, line
    """,
    """
    CREATE TEMPORARY TABLE st_best_address ON COMMIT DROP AS
    SELECT DISTINCT ON (number) * FROM st_address ORDER BY number, rank, line
    """,
    "ANALYZE st_best_name",
    "ANALYZE st_best_trade",
    "ANALYZE st_best_address",
)
ENTERPRISES_SQL = """
    WITH merged AS (
      INSERT INTO register_enterprise AS r (
        number, name, name_key, trade_name, is_natural_person, legal_form, legal_situation,
        started_on, street, house_number, box, postcode, municipality, country, is_active)
      SELECT DISTINCT ON (e.number)
        e.number, coalesce(n.name, e.printed), coalesce(n.name_key, e.printed),
        CASE WHEN e.is_natural THEN coalesce(t.name, '') ELSE '' END, e.is_natural,
        e.legal_form, e.legal_situation, e.started_on,
        coalesce(a.street, ''), coalesce(a.house_number, ''), coalesce(a.box, ''),
        coalesce(a.postcode, ''), coalesce(a.municipality, ''), coalesce(a.country, ''), true
      FROM st_enterprise e
      LEFT JOIN st_best_name n USING (number)
      LEFT JOIN st_best_trade t USING (number)
      LEFT JOIN st_best_address a USING (number)
      ORDER BY e.number, e.line
      ON CONFLICT (number) DO UPDATE SET
        name = excluded.name, name_key = excluded.name_key, trade_name = excluded.trade_name,
        is_natural_person = excluded.is_natural_person, legal_form = excluded.legal_form,
        legal_situation = excluded.legal_situation, started_on = excluded.started_on,
        street = excluded.street, house_number = excluded.house_number, box = excluded.box,
        postcode = excluded.postcode, municipality = excluded.municipality,
        country = excluded.country, is_active = true
      WHERE (r.name, r.trade_name, r.is_natural_person, r.legal_form, r.legal_situation,
             r.started_on, r.street, r.house_number, r.box, r.postcode, r.municipality, r.country,
             r.is_active)
        IS DISTINCT FROM
            (excluded.name, excluded.trade_name, excluded.is_natural_person, excluded.legal_form,
             excluded.legal_situation, excluded.started_on, excluded.street,
             excluded.house_number, excluded.box, excluded.postcode, excluded.municipality,
             excluded.country, true)
      RETURNING (xmax = 0) AS is_new)
    SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM merged
    """
ESTABLISHMENTS_SQL = """
    WITH merged AS (
      INSERT INTO register_establishment AS r (
        number, enterprise_id, name, name_key, own_name, started_on, street, house_number, box,
        postcode, municipality, province, x_m, y_m, is_active)
      SELECT DISTINCT ON (s.number)
        s.number, s.enterprise,
        CASE WHEN e.is_natural_person
          THEN coalesce(t.name, p.name, rtrim('Eenmanszaak ' || a.municipality))
          ELSE coalesce(n.name, e.name) END,
        CASE WHEN e.is_natural_person
          THEN coalesce(t.name_key, p.name_key, rtrim('eenmanszaak ' || a.municipality_key))
          ELSE coalesce(n.name_key, e.name_key) END,
        coalesce(CASE WHEN e.is_natural_person THEN t.name ELSE n.name END, ''),
        s.started_on, coalesce(a.street, ''), coalesce(a.house_number, ''),
        coalesce(a.box, ''), coalesce(a.postcode, ''), coalesce(a.municipality, ''),
        coalesce(a.province, ''), a.x_m, a.y_m, true
      FROM st_establishment s
      JOIN register_enterprise e ON e.number = s.enterprise
      LEFT JOIN st_best_name n ON n.number = s.number
      LEFT JOIN st_best_trade t ON t.number = s.number
      LEFT JOIN st_best_trade p ON p.number = s.enterprise
      LEFT JOIN st_best_address a ON a.number = s.number
      ORDER BY s.number, s.line
      ON CONFLICT (number) DO UPDATE SET
        enterprise_id = excluded.enterprise_id, name = excluded.name,
        name_key = excluded.name_key, own_name = excluded.own_name,
        started_on = excluded.started_on, street = excluded.street,
        house_number = excluded.house_number, box = excluded.box,
        postcode = excluded.postcode, municipality = excluded.municipality,
        province = excluded.province, x_m = excluded.x_m, y_m = excluded.y_m, is_active = true
      WHERE (r.enterprise_id, r.name, r.own_name, r.started_on, r.street, r.house_number, r.box,
             r.postcode, r.municipality, r.province, r.x_m, r.y_m, r.is_active)
        IS DISTINCT FROM
            (excluded.enterprise_id, excluded.name, excluded.own_name, excluded.started_on,
             excluded.street, excluded.house_number, excluded.box, excluded.postcode,
             excluded.municipality, excluded.province, excluded.x_m, excluded.y_m, true)
      RETURNING (xmax = 0) AS is_new)
    SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM merged
    """
# An establishment without activities of its own takes its enterprise's.
ACTIVITIES_SQL = (
    "DROP TABLE IF EXISTS pg_temp.st_listed, pg_temp.st_place_activity",
    """
    CREATE TEMPORARY TABLE st_listed ON COMMIT DROP AS
    SELECT number, version, code, min(rank) AS rank FROM st_activity
    GROUP BY number, version, code
    """,
    "ANALYZE st_listed",
    """
    CREATE TEMPORARY TABLE st_place_activity ON COMMIT DROP AS
    SELECT s.number, l.version, l.code,
      (ARRAY['MAIN','SECO','ANCI'])[l.rank + 1] AS classification, false AS is_inherited
    FROM (SELECT DISTINCT number FROM st_establishment) s JOIN st_listed l USING (number)
    UNION ALL
    SELECT s.number, l.version, l.code, (ARRAY['MAIN','SECO','ANCI'])[l.rank + 1], true
    FROM (SELECT DISTINCT number, enterprise FROM st_establishment) s
    JOIN st_listed l ON l.number = s.enterprise
    WHERE NOT EXISTS (SELECT 1 FROM st_listed o WHERE o.number = s.number)
    """,
    "ANALYZE st_place_activity",
    """
    DELETE FROM register_establishmentactivity r USING st_establishment s
    WHERE r.establishment_id = s.number AND NOT EXISTS (
      SELECT 1 FROM st_place_activity p
      WHERE p.number = r.establishment_id AND p.version = r.version AND p.code = r.code)
    """,
    """
    INSERT INTO register_establishmentactivity AS r (
      establishment_id, version, code, classification, is_inherited)
    SELECT number, version, code, classification, is_inherited FROM st_place_activity
    ORDER BY number, classification = 'ANCI', classification = 'SECO', code
    ON CONFLICT (establishment_id, version, code) DO UPDATE
      SET classification = excluded.classification, is_inherited = excluded.is_inherited
      WHERE (r.classification, r.is_inherited)
        IS DISTINCT FROM (excluded.classification, excluded.is_inherited)
    """,
    """
    DELETE FROM register_enterpriseactivity r USING st_enterprise e
    WHERE r.enterprise_id = e.number AND NOT EXISTS (
      SELECT 1 FROM st_listed l
      WHERE l.number = r.enterprise_id AND l.version = r.version AND l.code = r.code)
    """,
    """
    INSERT INTO register_enterpriseactivity AS r (enterprise_id, version, code, classification)
    SELECT l.number, l.version, l.code, (ARRAY['MAIN','SECO','ANCI'])[l.rank + 1]
    FROM st_listed l JOIN (SELECT DISTINCT number FROM st_enterprise) e USING (number)
    ORDER BY l.number, l.rank, l.code
    ON CONFLICT (enterprise_id, version, code) DO UPDATE
      SET classification = excluded.classification
      WHERE r.classification <> excluded.classification
    """,
)
# Contact channels of legal persons and their places; numbers of both kinds never meet.
CHANNELS_SQL = (
    "DROP TABLE IF EXISTS pg_temp.st_channel",
    """
    CREATE TEMPORARY TABLE st_channel ON COMMIT DROP AS
    SELECT c.number, o.is_place, c.kind, c.value, min(c.line) AS line
    FROM st_contact c JOIN (
      SELECT DISTINCT number, false AS is_place FROM st_enterprise WHERE NOT is_natural
      UNION ALL
      SELECT DISTINCT s.number, true FROM st_establishment s
      JOIN st_enterprise e ON e.number = s.enterprise AND NOT e.is_natural
    ) o USING (number)
    GROUP BY c.number, o.is_place, c.kind, c.value
    """,
    "ANALYZE st_channel",
)
OLD_CHANNELS_SQL = """
    DELETE FROM register_contactchannel r WHERE NOT EXISTS (
      SELECT 1 FROM st_channel c
      WHERE c.number = coalesce(r.enterprise_id, r.establishment_id)
        AND c.kind = r.kind AND c.value = r.value)
    """
NEW_CHANNELS_SQL = """
    INSERT INTO register_contactchannel (enterprise_id, establishment_id, kind, value)
    SELECT CASE WHEN NOT is_place THEN number END, CASE WHEN is_place THEN number END, kind, value
    FROM st_channel ORDER BY number, line
    ON CONFLICT DO NOTHING
    """
GONE_ESTABLISHMENTS_SQL = """
    UPDATE register_establishment r SET is_active = false
    WHERE is_active AND NOT EXISTS (SELECT 1 FROM st_establishment s WHERE s.number = r.number)
    """
GONE_ENTERPRISES_SQL = """
    UPDATE register_enterprise r SET is_active = false
    WHERE is_active AND NOT EXISTS (SELECT 1 FROM st_enterprise e WHERE e.number = r.number)
    """
NACE_SQL = """
    INSERT INTO register_nacecode AS r (version, code, label_nl, label_fr, label_en)
    SELECT version, code,
      coalesce(max(label) FILTER (WHERE language = 'NL'), ''),
      coalesce(max(label) FILTER (WHERE language = 'FR'), ''),
      coalesce(max(label) FILTER (WHERE language = 'EN'), '')
    FROM st_nace GROUP BY version, code ORDER BY version, code
    ON CONFLICT (version, code) DO UPDATE SET
      label_nl = excluded.label_nl, label_fr = excluded.label_fr, label_en = excluded.label_en
    WHERE (r.label_nl, r.label_fr, r.label_en)
      IS DISTINCT FROM (excluded.label_nl, excluded.label_fr, excluded.label_en)
    """


def merge(rejects: Rejects) -> dict[str, int]:
    """Merge the staged rows; call it inside the transaction of the import.

    Gives the counts that the import row keeps. Establishments whose enterprise the
    extract lacks are rejected.
    """
    with connection.cursor() as cursor:
        cursor.execute(ORPHANS_SQL)
        for line, number in cursor.fetchall():
            rejects.add("establishment.csv", line, f"{number}: its enterprise is not listed")
        for statement in (*DROP_SQL, *BEST_SQL):
            cursor.execute(statement)
        cursor.execute(NACE_SQL)
        counts: dict[str, int] = {}
        for kind, statement in (
            ("enterprises", ENTERPRISES_SQL),
            ("establishments", ESTABLISHMENTS_SQL),
        ):
            cursor.execute(statement)
            counts[f"{kind}_new"], counts[f"{kind}_changed"] = cursor.fetchone()
        for statement in (*ACTIVITIES_SQL, *CHANNELS_SQL, OLD_CHANNELS_SQL, NEW_CHANNELS_SQL):
            cursor.execute(statement)
        cursor.execute(GONE_ESTABLISHMENTS_SQL)
        counts["establishments_gone"] = cursor.rowcount
        cursor.execute(GONE_ENTERPRISES_SQL)
        counts["enterprises_gone"] = cursor.rowcount
        counts |= kept(cursor)
        counts["rejected"] = rejects.count
        for table in ("enterprise", "establishment", "establishmentactivity"):
            cursor.execute(f"ANALYZE register_{table}")
    return counts


def kept(cursor: Any) -> dict[str, int]:
    """How much the merged extract has of each kind."""
    cursor.execute(
        "SELECT (SELECT count(DISTINCT number) FROM st_enterprise),"
        " (SELECT count(DISTINCT number) FROM st_establishment),"
        " (SELECT count(*) FROM st_place_activity),"
        " (SELECT count(*) FROM st_channel),"
        " (SELECT count(DISTINCT s.number) FROM st_establishment s"
        "  LEFT JOIN st_best_address a ON a.number = s.number WHERE a.x_m IS NULL)"
    )
    names = ("enterprises", "establishments", "activities", "contacts", "places_unknown")
    return dict(zip(names, cursor.fetchone(), strict=True))
