"""Make the rows that the search reads from the register; one statement, set by set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from companies.register.domain.search_words import INNER_SIGNS, LETTERS, PLAIN, SIGNS

# Municipalities are kept as printed. The server may know capitals of ASCII only.
_ACCENTS = "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸàâäçéèêëîïôöùûüÿ" + "".join(PLAIN)
_BARE = "aaaceeeeiioouuuyaaaceeeeiioouuuy" + "".join(PLAIN.values())
# Signs that stand inside a word come last: what has no counterpart is left out.
_OTHER_SIGNS = "".join(sign for sign in SIGNS if sign not in INNER_SIGNS)
FOLDING: dict[str, Any] = {
    "signs": SIGNS,
    "blanks": " " * len(SIGNS),
    "joining": _OTHER_SIGNS + INNER_SIGNS,
    "other_blanks": " " * len(_OTHER_SIGNS),
    "has_inner": "[" + INNER_SIGNS + "]",  # the dash comes last, so it is a plain sign
    "leading": SIGNS + " ",
    "accents": _ACCENTS,
    "bare": _BARE,
}


def divided(key: str) -> str:
    """SQL for a lower-case expression without accents, its words divided by blanks.

    Takes the values ``FOLDING``.
    """
    return f"translate({_plain(key)}, %(signs)s, %(blanks)s)"


def _joined(key: str) -> str:
    return f"translate({_plain(key)}, %(joining)s, %(other_blanks)s)"


def _plain(key: str) -> str:
    for letter, typed in LETTERS.items():
        key = f"replace({key}, '{letter}', '{typed}')"
    return f"translate({key}, %(accents)s, %(bare)s)"


def _vector(key: str, weight: str) -> str:
    """Words of a key in both ways, with a weight; most keys are plain words, and quick."""
    both = (
        f"CASE WHEN {key} ~ '^[a-z0-9 ]*$' THEN {key}"
        f" WHEN {key} ~ %(has_inner)s THEN {divided(key)} || ' ' || {_joined(key)}"
        f" ELSE {divided(key)} END"
    )
    return f"setweight(to_tsvector('simple', {both}), '{weight}')"


_REFRESH = f"""
    WITH marks AS (
      SELECT k.version, k.code, concat_ws(' ', '#' || k.version || ':' || k.code,
        string_agg(DISTINCT '@' || w.opportunity, ' ')) AS marks
      FROM (SELECT DISTINCT version, code FROM register_establishmentactivity a {{only_a}}) k
      LEFT JOIN register_watchednace w
        ON w.version = k.version AND starts_with(k.code, w.prefix)
      GROUP BY k.version, k.code
    ), listed AS (
      SELECT a.establishment_id, string_agg(m.marks, ' ') AS marks
      FROM register_establishmentactivity a JOIN marks m USING (version, code) {{only_a}}
      GROUP BY a.establishment_id
    ), towns AS MATERIALIZED (
      SELECT postcode, municipality,
        {_vector("lower(municipality || ' ' || postcode)", "D")} AS words
      FROM (SELECT DISTINCT postcode, municipality FROM register_establishment e
            WHERE e.is_active {{only_e}}) t
    )
    INSERT INTO register_searchentry AS s (establishment_id, name_key, postcode, words)
    SELECT e.number, coalesce(nullif(ltrim(e.name_key, %(leading)s), ''), e.name_key),
      CASE WHEN e.x_m IS NULL THEN '' ELSE left(e.postcode, 4) END,
      {_vector("e.name_key", "A")}
      || CASE WHEN n.others = '' THEN ''::tsvector ELSE {_vector("n.others", "B")} END
      || t.words
      || array_to_tsvector(string_to_array(
           concat_ws(' ', l.marks, '~' || nullif(e.province, '')), ' '))
    FROM register_establishment e
    JOIN register_enterprise o ON o.number = e.enterprise_id
    LEFT JOIN towns t ON t.postcode = e.postcode AND t.municipality = e.municipality
    LEFT JOIN listed l ON l.establishment_id = e.number
    CROSS JOIN LATERAL (SELECT concat_ws(' ',
      CASE WHEN NOT o.is_natural_person AND o.name_key <> e.name_key THEN o.name_key END,
      CASE WHEN o.trade_name NOT IN ('', e.name) THEN lower(o.trade_name) END) AS others
      OFFSET 0) n
    WHERE e.is_active {{only_e}}
    ON CONFLICT (establishment_id) DO UPDATE
      SET name_key = excluded.name_key, postcode = excluded.postcode, words = excluded.words
      WHERE (s.name_key, s.postcode, s.words)
        IS DISTINCT FROM (excluded.name_key, excluded.postcode, excluded.words)
    """  # noqa: S608 - the names are ours
_REMOVE = """
    DELETE FROM register_searchentry s USING register_establishment e
    WHERE e.number = s.establishment_id AND NOT e.is_active {only_e}
    """


def refresh(numbers: Sequence[str] | None = None) -> int:
    """Bring the rows of these establishments, or of all, up to date; how many changed.

    Call it inside the transaction that changed the register: rows that are right already
    are left alone. Without ``numbers`` the watch list of this moment counts for all.
    """
    parts = {"only_a": "", "only_e": ""}
    values = dict(FOLDING)
    if numbers is not None:
        values["numbers"] = list(numbers)
        parts["only_a"] = "WHERE a.establishment_id = ANY(%(numbers)s)"
        parts["only_e"] = "AND e.number = ANY(%(numbers)s)"
    with connection.cursor() as cursor:
        cursor.execute(_REMOVE.format(**parts), values)
        changed: int = cursor.rowcount
        cursor.execute(_REFRESH.format(**parts), values)
        changed += cursor.rowcount
        # What the index took in but has not sorted yet would be read by every search.
        cursor.execute("SELECT gin_clean_pending_list('search_words'::regclass)")
        if numbers is None:
            cursor.execute("ANALYZE register_searchentry")
    return changed
