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
PER_PAGE = 25
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


Asked = dict[str, str]


def questions(common: str, rare: str) -> dict[str, Callable[[random.Random], Asked]]:
    """What is typed into the form, by a name; drawn anew for each round where it can vary."""

    def surname(chance: random.Random) -> str:
        return chance.choice(HEADS) + chance.choice(MIDDLES) + chance.choice(TAILS)

    def eight(chance: random.Random) -> int:
        return 20_000_000 + chance.randint(1, 1000)

    def number(first_eight: int) -> str:
        return f"{first_eight:08d}{97 - first_eight % 97:02d}"

    near = {"near": "9000", "km": "25"}
    everything = {"q": "de", "activity": common, "province": "oost-vlaanderen", "near": "9000"}
    return {
        "number of an establishment": lambda c: {"q": number(eight(c))},
        "number of an enterprise": lambda c: {"q": number(eight(c) - 20_000_000)},
        "rare name": lambda c: {"q": surname(c)},
        "two words, the last begun": lambda c: {"q": f"bakkerij {surname(c)[:5]}"},
        "signs: d'huys n.v.": lambda _: {"q": "d'huys n.v."},
        "name and town": lambda c: {"q": f"garage {c.choice(('gent', 'hasselt', 'brugge'))}"},
        "word 'de'": lambda _: {"q": "de"},
        "word 'bv'": lambda _: {"q": "bv"},
        "one letter: 'a'": lambda _: {"q": "a"},
        "one letter: 'z', by name": lambda _: {"q": "z", "sort": "name"},
        "words 'de bv'": lambda _: {"q": "de bv"},
        "words 'bv x' (nothing)": lambda _: {"q": "bv qqq"},
        "nine words": lambda _: {"q": "de het van la bv nv garage bakkerij bouw"},
        "most common activity": lambda _: {"activity": common},
        "rare activity": lambda _: {"activity": rare},
        "activity by two digits": lambda _: {"activity": common[:2]},
        "activity by words": lambda _: {"activity": "chocolade"},
        "opportunity": lambda c: {"opportunity": c.choice(("enclave", "fvdt", "reshoring"))},
        "province": lambda c: {"province": c.choice(("limburg", "antwerpen", "namen"))},
        "distance 5 km": lambda c: {"near": c.choice(("9000", "3500", "2300")), "km": "5"},
        "distance 25 km": lambda c: {"near": c.choice(("9000", "3500", "2300")), "km": "25"},
        "distance 150 km": lambda _: {"near": "9000", "km": "150"},
        "distance, no limit": lambda _: {"near": "9000"},
        "'de', 150 km": lambda _: {"q": "de", "near": "9000", "km": "150"},
        "far province, nearest first": lambda _: {
            "province": "limburg", "near": "8400", "sort": "nearest"},
        "'bv', nearest first": lambda _: {"q": "bv", "near": "9000", "sort": "nearest"},
        "'bv', 150 km, nearest first": lambda _: {
            "q": "bv", "near": "9000", "km": "150", "sort": "nearest"},
        "common activity, 150 km": lambda _: {"activity": common, "near": "9000", "km": "150"},
        "'bv', common activity": lambda _: {"q": "bv", "activity": common},
        "'bv', rare activity": lambda _: {"q": "bv", "activity": rare},
        "rare name, rare activity": lambda c: {"q": surname(c), "activity": rare},
        "'bv', opportunity, province": lambda _: {
            "q": "bv", "opportunity": "enclave", "province": "antwerpen"},
        "opportunity, 25 km": lambda _: {"opportunity": "enclave", **near},
        "opportunity, 25 km, by name": lambda _: {
            "opportunity": "enclave", "sort": "name", **near},
        "all at once, 25 km": lambda _: {**everything, "km": "25", "opportunity": "enclave"},
        "all at once, 150 km": lambda _: {**everything, "km": "150"},
        "rare name, 150 km": lambda c: {"q": surname(c), "near": "9000", "km": "150"},
    }  # fmt: skip


class Asking:
    """Answers what is typed, as the page does without writing its HTML."""

    def __init__(self) -> None:
        from django.contrib.auth.models import AnonymousUser
        from django.test import RequestFactory

        self.request = RequestFactory().get("/")
        self.request.user = AnonymousUser()
        self.request.session = {}

    def question(self, asked: Asked) -> Any:
        """The question of a valid form."""
        from companies.register.forms import SearchForm

        form = SearchForm(asked, request=self.request)
        assert form.is_valid(), form.errors
        return form.question

    def page(self, asked: Asked, number: int = 1) -> Any:
        """What is found, with all that a page shows of it."""
        from companies.register import selectors
        from companies.register.searching.finding import find

        found = find(self.question(asked), (number - 1) * PER_PAGE, number * PER_PAGE)
        places = selectors.establishments_found(found.hits)
        mains = [next(iter(place.activities.all()), None) for place in places]
        selectors.nace_labels((one.version, one.code) for one in mains if one)
        return found


def common_and_rare() -> tuple[str, str]:
    """The activity codes that most and fewest establishments have."""
    from django.db.models import Count

    from companies.register.models import EstablishmentActivity

    counted = EstablishmentActivity.objects.values_list("code").annotate(many=Count("pk"))
    ordered = [code for code, _many in counted.order_by("-many", "code")]
    return ordered[0], ordered[-1]


def plan_of(statement: Any) -> Iterator[tuple[str, str]]:
    """(kind of node, relation or index) of each node of the plan of a statement."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.settings)
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement.sql}", statement.values | {"limit": 25})
        plan = cursor.fetchone()[0]
    todo = [(json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]]
    while todo:
        node = todo.pop()
        yield node["Node Type"], node.get("Index Name") or node.get("Relation Name") or ""
        todo += node.get("Plans", ())


def plans(question: Any) -> tuple[int, list[tuple[str, str]]]:
    """How many fit (capped), and the nodes of every statement that answers the question."""
    from companies.register.searching.finding import GATHERED, gather, walks

    statements = [gather(question)] if question.has_conditions else []
    rows = statements[0].rows() if statements else []
    fit = rows[0][2] if rows else 0
    if fit > GATHERED or not statements:
        statements += walks(question)
        fit = GATHERED + 1
    return fit, [node for statement in statements for node in plan_of(statement)]


def faults_of(nodes: list[tuple[str, str]]) -> list[str]:
    """Large tables that are read from end to end."""
    return [name for kind, name in nodes if kind == "Seq Scan" and name in LARGE]


def quantiles(seconds: list[float]) -> tuple[float, float]:
    """p50 and p95 in ms."""
    ordered = sorted(seconds)
    return 1000 * statistics.median(ordered), 1000 * ordered[int(0.95 * (len(ordered) - 1))]


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> int:
    """Fill, explain, measure; 1 when something is not answered from an index."""
    from companies.register.models import Establishment

    count = int(sys.argv[1]) if len(sys.argv) > 1 else ESTABLISHMENTS
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    write = sys.stdout.write
    write(f"{count} establishments, {rounds} rounds; {os.cpu_count()} CPUs, {platform.machine()}\n")
    fill(count)
    return measure(rounds, Asking(), Establishment)


def measure(rounds: int, asking: Asking, establishments: Any) -> int:
    """The table of questions."""
    from companies.register.searching.finding import GATHERED, LISTED

    write = sys.stdout.write
    chance = random.Random(SEED)
    asked = questions(*common_and_rare())
    times: dict[str, list[float]] = {name: [] for name in asked}
    last: dict[str, list[float]] = {name: [] for name in asked}
    bare: list[float] = []
    fits, faults = {}, []
    for name, draw in asked.items():
        fits[name], nodes = plans(asking.question(draw(chance)))
        faults += [f"{name}: {fault}" for fault in faults_of(nodes)]
        kinds = dict.fromkeys(f"{kind} {on}".strip() for kind, on in nodes if on)
        write(f"{name:30s} {'; '.join(kinds)}\n")
    for _ in range(rounds):
        number = f"{20_000_000 + chance.randint(1, 1000):08d}"
        number += f"{97 - int(number) % 97:02d}"
        bare.append(timed(lambda number=number: establishments.objects.get(pk=number)))
        for name, draw in asked.items():
            typed = draw(chance)
            times[name].append(timed(lambda typed=typed: asking.page(typed)))
            if fits[name] > PER_PAGE:
                pages = -(-min(fits[name], LISTED) // PER_PAGE)
                last[name].append(timed(lambda t=typed, p=pages: asking.page(t, p)))
    write(f"\n{'question':30s} {'fit':>7s} {'p50 ms':>8s} {'p95 ms':>8s}   last page\n")
    write("{:30s} {:7d} {:8.1f} {:8.1f}\n".format("primary key", 1, *quantiles(bare)))
    for name, seconds in times.items():
        fit = f"{GATHERED}+" if fits[name] > GATHERED else str(fits[name])
        write("{:30s} {:>7s} {:8.1f} {:8.1f}".format(name, fit, *quantiles(seconds)))
        if last[name]:
            write("   {:8.1f} {:8.1f}".format(*quantiles(last[name])))
        write("\n")
    everything = [second for seconds in (*times.values(), *last.values()) for second in seconds]
    write("{:30s} {:>7s} {:8.1f} {:8.1f}\n".format("all together", "", *quantiles(everything)))
    for fault in faults:
        write(f"READ FROM END TO END: {fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    with throw_away_database():
        sys.exit(main())
