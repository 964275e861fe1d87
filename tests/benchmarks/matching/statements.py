"""The same matching as SQL, tuned, in the two dialects; it gives the same rows.

It uses what our engine uses: partners by place and by kind, ordinary entries apart from the
few that are special, hashes only for what stands at the cut.
"""

from __future__ import annotations

SPAN = 1 << 26
TOP_K = 50

# Half-up of a / b; contribution of a component in millionths.
DIALECTS: dict[str, dict[str, str]] = {
    "duckdb": {
        "div": "//",
        "hash": "sha256(lpad(company::text, 10, '0') || '|{opportunity}|'"
        " || lpad(number::text, 10, '0'))",
        "bits": "bit_count({0})",
    },
    "postgresql": {
        "div": "/",
        "hash": "encode(sha256(convert_to(lpad(company::text, 10, '0') || '|{opportunity}|'"
        " || lpad(number::text, 10, '0'), 'UTF8')), 'hex')",
        "bits": "bit_count(({0})::bit(32))",
    },
}


def _half_up(above: str, below: str, div: str) -> str:
    return f"((2 * ({above}) + ({below})) {div} (2 * ({below})))"


def _part(weight: str, component: str, div: str) -> str:
    return _half_up(f"c.potential * c.w_{weight} * ({component})", "1000000000000", div)


KINDS = (
    """
    CREATE TEMPORARY TABLE profile_fit AS
    SELECT profile, activity, max(fit) AS fit
    FROM profile_code JOIN code_fit USING (version, code, kind)
    WHERE opportunity = '{opportunity}' GROUP BY profile, activity
    """,
    """
    CREATE TEMPORARY TABLE profile_kind AS
    SELECT profile, sector, dense_rank() OVER (ORDER BY fits, sector) AS kind, is_watched
    FROM (
      SELECT f.profile, s.sector, array_agg(activity || ':' || fit ORDER BY activity) AS fits,
        f.profile IN (
          SELECT profile FROM profile_code JOIN watched USING (version, code)
          WHERE opportunity = '{opportunity}') AS is_watched
      FROM profile_fit f JOIN (SELECT DISTINCT profile, sector FROM partner) s USING (profile)
      GROUP BY f.profile, s.sector) grouped
    """,
    """
    CREATE TEMPORARY TABLE kind_fit AS
    SELECT kind, sector, activity, min(fit) AS fit
    FROM profile_kind JOIN profile_fit USING (profile) GROUP BY kind, sector, activity
    """,
    """
    CREATE TEMPORARY TABLE possible AS
    SELECT p.number, p.enterprise, p.place, k.kind, k.sector,
      n.number IS NOT NULL AS asks
    FROM partner p JOIN profile_kind k USING (profile)
    LEFT JOIN need n ON n.number = p.number AND n.opportunity = '{opportunity}'
    WHERE p.is_open AND (k.is_watched OR n.number IS NOT NULL)
      AND p.number NOT IN (SELECT number FROM opted_out)
    """,
)
DIVERSIFICATION = "1000000 - least(1000000, {own} * 10000 + {rest} * 10000 {div} 2)"


def statements(opportunity: str, dialect: str) -> list[str]:
    """What to run in order; the last one gives company, number, score, distance, rank."""
    words = DIALECTS[dialect]
    div = words["div"]
    ordinary = " + ".join(
        (
            _part("activity", _half_up("k.gathered", "1000000 * k.total", div), div),
            _part("diversification", "k.diversification", div),
            _part("capacity", "500000", div),
            _part("competence", "500000", div),
            _part("contact", "300000", div),
        )
    )
    near = _part("proximity", _half_up("1000000 * (c.radius - d.distance)", "c.radius", div), div)
    special = _special(div, words["bits"])
    own_sector = (
        "coalesce((SELECT sum(share) FROM customer u WHERE u.company = a.company"
        " AND u.division = f.sector), 0)"
    )
    named = {"opportunity": opportunity}
    return [
        *(one.format(**named) for one in KINDS),
        f"""
        CREATE TEMPORARY TABLE company_kind AS
        SELECT k.company, k.kind, k.gathered, k.total, {ordinary} AS part
        FROM (
          SELECT a.company, f.kind, sum(a.weight * f.fit)::bigint AS gathered,
            min(a.total) AS total,
            {DIVERSIFICATION.format(own="0", rest=f"min({own_sector})::bigint", div=div)}
              AS diversification
          FROM company_activity a JOIN kind_fit f USING (activity)
          GROUP BY a.company, f.kind) k
        JOIN company c ON c.company = k.company AND c.opportunity = '{opportunity}'
        """,
        f"""
        CREATE TEMPORARY TABLE near AS
        SELECT c.company, d.place, d.distance, {near} AS part
        FROM (
          SELECT company, place,
            floor(sqrt(min((o.x - w.x) * (o.x - w.x) + (o.y - w.y) * (o.y - w.y))::double precision)
              + 0.5)::bigint AS distance
          FROM company_point o CROSS JOIN place w GROUP BY company, place) d
        JOIN company c ON c.company = d.company AND c.opportunity = '{opportunity}'
        WHERE d.distance <= c.radius
        """,
        f"""
        CREATE TEMPORARY TABLE special AS
        SELECT c.company, p.number FROM company c CROSS JOIN possible p
        WHERE p.asks AND c.opportunity = '{opportunity}'
        UNION SELECT company, number FROM contact WHERE opportunity = '{opportunity}'
        UNION SELECT company, number FROM resting WHERE opportunity = '{opportunity}'
        UNION SELECT u.company, p.number FROM customer u JOIN possible p USING (enterprise)
        UNION SELECT p.enterprise, p.number FROM possible p
          WHERE p.enterprise IN (SELECT company FROM company)
        """,
        f"""
        CREATE TEMPORARY TABLE candidate AS
        SELECT n.company, p.number, (n.part + k.part) * {SPAN} + {SPAN - 1} - n.distance AS key
        FROM near n JOIN possible p USING (place)
        JOIN company_kind k ON k.company = n.company AND k.kind = p.kind
        WHERE NOT EXISTS (
          SELECT 1 FROM special s WHERE s.company = n.company AND s.number = p.number)
        UNION ALL
        {special.format(**named)}
        """,
        f"""
        SELECT company, number, key {div} {SPAN} AS score, {SPAN - 1} - key % {SPAN} AS distance,
          row_number() OVER (
            PARTITION BY company ORDER BY key DESC, {words["hash"].format(**named)}) AS place
        FROM (
          SELECT *, rank() OVER (PARTITION BY company ORDER BY key DESC) AS ahead FROM candidate
        ) ranked
        WHERE ahead <= {TOP_K}
        ORDER BY company, place
        """,
    ]


def _special(div: str, bits: str) -> str:
    """Candidates among the special pairs, with every component worked out."""
    radius = "least(c.radius, coalesce(n.radius, c.radius))"
    asked, met = bits.format("n.asked"), bits.format("n.asked & c.skills")
    rest = (
        "coalesce((SELECT sum(share) FROM customer u WHERE u.company = s.company"
        " AND u.division = p.sector AND u.enterprise <> p.enterprise), 0)::bigint"
    )
    own = (
        "coalesce((SELECT sum(share) FROM customer u WHERE u.company = s.company"
        " AND u.enterprise = p.enterprise), 0)::bigint"
    )
    capacity = (
        "CASE WHEN c.amount < 0 OR coalesce(n.amount, 0) = 0 OR n.unit <> c.unit THEN 500000"
        f" ELSE least(1000000, {_half_up('1000000 * c.amount', 'greatest(n.amount, 1)', div)}) END"
    )
    competence = (
        "CASE WHEN coalesce(n.asked, 0) = 0 THEN 500000"
        f" ELSE {_half_up(f'1000000 * {met}', f'greatest({asked}, 1)', div)} END"
    )
    parts = " + ".join(
        (
            _part("activity", _half_up("k.gathered", "1000000 * k.total", div), div),
            _part("proximity", _half_up(f"1000000 * ({radius} - d.distance)", radius, div), div),
            _part("capacity", capacity, div),
            _part("competence", competence, div),
            _part("diversification", DIVERSIFICATION.format(own=own, rest=rest, div=div), div),
            _part("contact", "coalesce(t.value, 300000)", div),
        )
    )
    return f"""
        SELECT s.company, p.number, ({parts}) * {SPAN} + {SPAN - 1} - d.distance AS key
        FROM special s JOIN possible p USING (number)
        JOIN company c ON c.company = s.company AND c.opportunity = '{{opportunity}}'
        JOIN near d ON d.company = s.company AND d.place = p.place
        JOIN company_kind k ON k.company = s.company AND k.kind = p.kind
        LEFT JOIN need n ON n.number = p.number AND n.opportunity = '{{opportunity}}'
        LEFT JOIN contact t ON t.company = s.company AND t.number = p.number
          AND t.opportunity = '{{opportunity}}'
        WHERE d.distance <= {radius} AND p.enterprise <> s.company
          AND (coalesce(n.required, 0) & c.skills) = coalesce(n.required, 0)
          AND NOT EXISTS (
            SELECT 1 FROM resting r WHERE r.company = s.company AND r.number = p.number
              AND r.opportunity = '{{opportunity}}')
        """


TEMPORARY = (
    "profile_fit", "profile_kind", "kind_fit", "possible", "company_kind", "near", "special",
    "candidate",
)  # fmt: skip
