"""What an import changes at each establishment: look before, look again after, compare.

The looking knows nothing of how the rows come in, so it serves full extracts and updates.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from companies.register.models import DifferenceKind, RegisterDifference, RegisterImport

SAMPLE = 100  # of each kind, what a trial run shows
KEPT_IMPORTS = 40  # a month of updates and the full extract before them

_LOOK = """
    SELECT s.number, s.enterprise_id, s.name, s.is_active, e.legal_situation,
      concat_ws(', ',
        nullif(concat_ws(' ', nullif(s.street, ''),
          nullif(concat_ws('/', nullif(s.house_number, ''), nullif(s.box, '')), '')), ''),
        nullif(concat_ws(' ', nullif(s.postcode, ''), nullif(s.municipality, '')), '')) AS address
    FROM register_establishment s JOIN register_enterprise e ON e.number = s.enterprise_id
    """
_LOOK_AT_ACTIVITIES = """
    SELECT a.establishment_id AS number, a.version, a.code, a.classification
    FROM register_establishmentactivity a
    """
_ONLY_PLACES = " JOIN st_place p ON p.number = s.number"
_ONLY_ACTIVITIES = " JOIN st_place p ON p.number = a.establishment_id"
_WRITE = """
    INSERT INTO register_registerdifference
      (register_import_id, number, enterprise_number, name, kind, changes)
    SELECT %s, n.number, n.enterprise_id, n.name,
      CASE WHEN w.number IS NULL THEN 'new' WHEN NOT n.is_active THEN 'gone'
        WHEN NOT w.is_active THEN 'returned' ELSE 'changed' END,
      CASE WHEN w.number IS NULL OR NOT n.is_active THEN '{}'::jsonb
        ELSE jsonb_strip_nulls(jsonb_build_object(
          'name', CASE WHEN w.name <> n.name THEN jsonb_build_array(w.name, n.name) END,
          'address', CASE WHEN w.address <> n.address
            THEN jsonb_build_array(w.address, n.address) END,
          'activities', CASE WHEN m.number IS NOT NULL
            THEN jsonb_build_array(coalesce(m.was, '[]'), coalesce(m.now, '[]')) END,
          'enterprise', CASE WHEN w.enterprise_id <> n.enterprise_id
            THEN jsonb_build_array(w.enterprise_id, n.enterprise_id) END,
          'legal_situation', CASE WHEN w.legal_situation <> n.legal_situation
            THEN jsonb_build_array(w.legal_situation, n.legal_situation) END)) END
    FROM st_now n
    LEFT JOIN st_was w USING (number)
    LEFT JOIN st_moved m USING (number)
    WHERE (n.is_active OR w.is_active) AND (
      w.number IS NULL OR w.is_active <> n.is_active OR m.number IS NOT NULL
      OR (w.enterprise_id, w.name, w.address, w.legal_situation)
        <> (n.enterprise_id, n.name, n.address, n.legal_situation))
    """
_MOVED = """
    CREATE TEMPORARY TABLE st_moved ON COMMIT DROP AS
    WITH differing AS (
      SELECT DISTINCT number FROM (
        (TABLE st_was_activity EXCEPT TABLE st_now_activity)
        UNION ALL (TABLE st_now_activity EXCEPT TABLE st_was_activity)) both_ways
    ), listed AS (
      SELECT number, true AS is_old, concat_ws(' ', version, code, classification) AS activity
      FROM st_was_activity JOIN differing USING (number)
      UNION ALL
      SELECT number, false, concat_ws(' ', version, code, classification)
      FROM st_now_activity JOIN differing USING (number)
    )
    SELECT number, jsonb_agg(activity ORDER BY activity) FILTER (WHERE is_old) AS was,
      jsonb_agg(activity ORDER BY activity) FILTER (WHERE NOT is_old) AS now
    FROM listed GROUP BY number
    """


class Differences:
    """The differences of one import; within its transaction.

    ``touched_only`` looks at the establishments in ``st_place`` alone, which must be
    complete before ``look``.
    """

    def __init__(self, *, touched_only: bool) -> None:
        self._only = (_ONLY_PLACES, _ONLY_ACTIVITIES) if touched_only else ("", "")
        self._is_first = False

    def look(self) -> None:
        """Before the rows come in. An empty register gets no differences."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT NOT EXISTS (SELECT 1 FROM register_establishment)")
            self._is_first = cursor.fetchone()[0]
            if not self._is_first:
                self._snapshot(cursor, "st_was")

    def write(self, import_pk: int) -> dict[str, int]:
        """After the rows came in: keep the differences; how many there are of each kind."""
        if self._is_first:
            return {}
        with connection.cursor() as cursor:
            self._snapshot(cursor, "st_now")
            cursor.execute("DROP TABLE IF EXISTS pg_temp.st_moved")
            cursor.execute(_MOVED)
            cursor.execute(_WRITE, (import_pk,))
            cursor.execute(
                "SELECT kind, count(*) FROM register_registerdifference"
                " WHERE register_import_id = %s GROUP BY kind",
                (import_pk,),
            )
            found = dict(cursor.fetchall())
        return {f"establishments_{kind}": found.get(kind, 0) for kind in DifferenceKind.values}

    @staticmethod
    def sample(import_pk: int) -> list[RegisterDifference]:
        """The first differences of each kind, without their keys: a trial run keeps these."""
        rows: list[RegisterDifference] = []
        for kind in DifferenceKind.values:
            listed = RegisterDifference.objects.filter(register_import=import_pk, kind=kind)
            rows += listed.order_by("number", "pk")[:SAMPLE]
        for row in rows:
            row.pk = None
            row._state.adding = True
        return rows

    @staticmethod
    def forget_old() -> None:
        """Keep the counts of old imports, not what changed at each establishment."""
        newest = RegisterImport.objects.order_by("-pk").values_list("pk", flat=True)
        oldest = newest[KEPT_IMPORTS - 1 : KEPT_IMPORTS].first()
        if oldest is not None:
            RegisterDifference.objects.filter(register_import__lt=oldest).delete()

    def _snapshot(self, cursor: Any, name: str) -> None:
        places, activities = self._only
        for table, query in (
            (name, _LOOK + places),
            (f"{name}_activity", _LOOK_AT_ACTIVITIES + activities),
        ):
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
            cursor.execute(f"CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS {query}")
            cursor.execute(f"ANALYZE {table}")
