"""What a search over the register costs at 500,000 establishments, beside a bare key look-up.

Run: ``python -m tests.benchmarks.register_search [establishments] [rounds]``. It fills a
throw-away database with made-up names, places and activities that are as unevenly spread as real
ones (a few words, towns and trades in very many entries, most in few), makes the rows that the
search reads, and prints for each question: how many establishments fit, the kinds of nodes in its
plans, and p50 and p95 in ms over the rounds. Questions are taken in turn in every round, with
other words each time where that is possible. It ends with 1 when a plan reads a large table from
end to end, or when a last page is not answered from an index either.

``page`` is the whole answer of the selector: finding, and fetching what the page shows of 25
establishments (with activities and labels). ``primary key`` is one establishment by its number.
"""

from __future__ import annotations

import json
import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from tests.benchmarks.peer_benchmark import throw_away_database

ESTABLISHMENTS = 500_000
ROUNDS = 31
SEED = 20261125
LARGE = {"register_searchentry", "register_establishment", "register_establishmentactivity"}

# Row n draws its own numbers from hashes of n, so that every run fills the same register.
# The higher the skew, the more often the first ones are drawn.
DRAW = """
    CREATE FUNCTION pg_temp.draw(n bigint, salt int) RETURNS float8 LANGUAGE sql IMMUTABLE
    RETURN (hashint8extended(n, salt) & 2147483647)::float8 / 2147483648;
    CREATE FUNCTION pg_temp.drawn(n bigint, salt int, skew int, size bigint) RETURNS int
    LANGUAGE sql IMMUTABLE RETURN 1 + floor(size * pg_temp.draw(n, salt) ^ skew)::int;
    CREATE FUNCTION pg_temp.number(eight int) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN lpad(eight::text, 8, '0') || lpad((97 - eight % 97)::text, 2, '0');
    """
TRADES = (
    "de", "garage", "bakkerij", "bouw", "houtbewerking", "drukkerij", "slagerij", "verpakking",
    "metaalbouw", "het", "transport", "chocolaterie", "tuinen", "confectie", "logistiek", "la",
    "brouwerij", "schrijnwerkerij", "techniek", "van", "atelier", "kwekerij", "textiel", "zagerij",
    "d'huys", "g.m.", "lasserij", "wasserij", "zuivel", "zeefdruk",
)  # fmt: skip
FORMS = ("bv", "bv", "bv", "", "", "", "nv", "vzw", "n.v.", "& zonen bv", "comm.v", "srl")
HEADS = (
    "jan", "peet", "ver", "de", "van", "has", "bos", "mer", "claes", "wou", "hein", "cor", "lam",
    "gos", "smet", "mich", "dek", "goe", "aert", "pau", "wil", "des", "dum", "lef", "ren", "ol",
)  # fmt: skip
MIDDLES = ("", "a", "e", "i", "o", "en", "er", "el", "in", "an", "mo", "li", "te", "sen", "ke")
TAILS = (
    "sens", "ers", "mans", "meer", "bergh", "ens", "aert", "ois", "ling", "voort", "hout", "dael",
    "ster", "kens", "beke", "tier", "ard", "ez",
)  # fmt: skip
PREPARE = """
    CREATE TEMPORARY TABLE places AS
    SELECT row_number() OVER (ORDER BY pg_temp.draw(postcode::bigint, 1))::int AS i, p.*
    FROM register_postalpoint p;
    CREATE TEMPORARY TABLE codes AS
    SELECT row_number() OVER (ORDER BY pg_temp.draw(code::bigint, 2))::int AS i, code
    FROM register_nacecode WHERE version = '2025';
    CREATE TEMPORARY TABLE surnames AS
    SELECT row_number() OVER (ORDER BY pg_temp.draw(hashtext(h || m || t), 3))::int AS i,
      h || m || t AS name
    FROM unnest(%(heads)s::text[]) h, unnest(%(middles)s::text[]) m, unnest(%(tails)s::text[]) t;
    ANALYZE places;
    ANALYZE codes;
    ANALYZE surnames;
    CREATE TEMPORARY TABLE drawn AS
    SELECT d.n, concat_ws(' ', (%(trades)s::text[])[d.first], (%(trades)s::text[])[d.second],
        s.name, nullif((%(forms)s::text[])[d.form], '')) AS name,
      p.postcode, p.name AS municipality, p.province, p.x_m, p.y_m
    FROM (SELECT n, pg_temp.drawn(n, 4, 2, cardinality(%(trades)s::text[])) AS first,
        CASE WHEN pg_temp.draw(n, 5) < 0.3
          THEN pg_temp.drawn(n, 6, 2, cardinality(%(trades)s::text[])) END AS second,
        pg_temp.drawn(n, 8, 1, cardinality(%(forms)s::text[])) AS form,
        pg_temp.drawn(n, 7, 3, (SELECT count(*) FROM surnames)) AS surname,
        pg_temp.drawn(n, 9, 2, (SELECT count(*) FROM places)) AS place
      FROM generate_series(1, %(count)s) n OFFSET 0) d
    JOIN surnames s ON s.i = d.surname JOIN places p ON p.i = d.place;
    """
ENTERPRISES = """
    INSERT INTO register_enterprise (number, name, name_key, trade_name, is_natural_person,
      legal_form, legal_situation, street, house_number, box, postcode, municipality, country,
      is_active)
    SELECT pg_temp.number(n), name, name, '', pg_temp.draw(n, 10) < 0.2, '610', '000', '',
      '', '', '', '', '', true
    FROM drawn WHERE n % 5 > 0
    """
PLACES = """
    INSERT INTO register_establishment (number, enterprise_id, name, name_key, own_name,
      street, house_number, box, postcode, municipality, province, x_m, y_m,
      is_active)
    SELECT pg_temp.number(20000000 + n), pg_temp.number(n - (n % 5 = 0)::int), name, name, '',
      'Kerkstraat', (n % 200)::text, '', postcode, municipality, province, x_m, y_m, true
    FROM drawn
    """
ACTIVITIES = """
    INSERT INTO register_establishmentactivity (establishment_id, version, code, classification,
      is_inherited)
    SELECT pg_temp.number(20000000 + n), '2025', code, CASE k WHEN 0 THEN 'MAIN' ELSE 'SECO' END,
      false
    FROM (SELECT n, k, pg_temp.drawn(n::bigint * 8 + k, 11, 3, (SELECT count(*) FROM codes)) AS i
      FROM drawn, generate_series(0, 3) k WHERE k <= 4 * pg_temp.draw(n, 12) OFFSET 0) d
    JOIN codes USING (i)
    ON CONFLICT DO NOTHING
    """


def fill(count: int) -> None:
    """A register of ``count`` establishments and what the search reads of it."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from companies.register.demo.codes import code_rows
    from companies.register.models import NaceCode
    from companies.register.services import refresh_search

    write = sys.stdout.write
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    labels: dict[tuple[str, str], dict[str, str]] = {}
    for category, code, language, label in code_rows():
        if category.startswith("Nace"):
            key = (category.removeprefix("Nace"), code)
            labels.setdefault(key, {})[f"label_{language.lower()}"] = label
    NaceCode.objects.bulk_create(
        NaceCode(version=version, code=code, **texts) for (version, code), texts in labels.items()
    )
    words = {"trades": list(TRADES), "forms": list(FORMS), "heads": list(HEADS)}
    words |= {"middles": list(MIDDLES), "tails": list(TAILS)}
    start = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in filter(str.strip, DRAW.split(";")):
            cursor.execute(statement)
        for statement in filter(str.strip, PREPARE.split(";")):
            cursor.execute(statement, words | {"count": count})
        for statement in (ENTERPRISES, PLACES, ACTIVITIES):
            cursor.execute(statement)
    write(f"filled in {time.perf_counter() - start:.1f} s\n")
    start = time.perf_counter()
    refresh_search()
    write(f"search rows made in {time.perf_counter() - start:.1f} s\n")
    start = time.perf_counter()
    refresh_search()
    write(f"search rows looked at again, nothing changed, in {time.perf_counter() - start:.1f} s\n")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute(
            "SELECT c.relname, pg_relation_size(c.oid) >> 20 FROM pg_class c"
            " WHERE c.relname LIKE 'register_searchentry%' OR c.relname LIKE 'search\\_%'"
            " ORDER BY 1"
        )
        for name, size in cursor.fetchall():
            write(f"  {name}: {size} MiB\n")


if __name__ == "__main__":
    with throw_away_database():
        sys.exit(main())
