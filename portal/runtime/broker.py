"""The queue in the database in use: pgmq without its extension.

On one machine Celery's messages live in the same PostgreSQL (kombu's ``pgmq`` transport),
so that nothing else has to run. ``CELERY_BROKER_URL`` replaces it (RabbitMQ, Redis).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connections
from pgmq.install import get_embedded_install_sql
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

TRANSPORT = "pgmq"
VISIBILITY_SECONDS = 3600  # recovery is the sweeper's, by leases; see portal.common.runs
_SEPARATE = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host"}


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def conn_string(database: Mapping[str, Any]) -> str:
    """Connection string for pgmq from Django's settings of a database.

    pgmq takes this apart and puts together five fields *without quoting them*, dropping
    all others. So each field is quoted once more than libpq needs, and the options that
    would be lost (``sslmode`` is one) travel behind the database name.
    """
    fields = {libpq: str(database.get(name) or "") for name, libpq in _SEPARATE.items()}
    fields["port"] = str(database.get("PORT") or "")
    quoted = {name: _quoted(value) for name, value in fields.items()}
    for name, value in sorted((database.get("OPTIONS") or {}).items()):
        if _is_libpq_option(name, value):
            quoted["dbname"] += f" {name}={_quoted(str(value))}"
    whole = " ".join(f"{name}={_quoted(value)}" for name, value in quoted.items())
    return whole.replace("/", "\\/")  # "://" anywhere would make pgmq read it as a URI


def _is_libpq_option(name: str, value: object) -> bool:
    if not isinstance(value, str | int) or isinstance(value, bool):
        return False
    try:
        conninfo_to_dict(f"{name}={_quoted(str(value))}")
    except ProgrammingError:
        return False
    return True


def transport_options() -> dict[str, Any]:
    """Options for the transport, on the default database as it is *now*.

    Parallel test databases and ``up`` choose the database after settings are read.
    """
    return {
        "conn_string": conn_string(connections["default"].settings_dict),
        "init_extension": False,
        "visibility_timeout": VISIBILITY_SECONDS,
        # Wake by NOTIFY and look again each 0.2 s, rather than wait inside the server,
        # which holds one queue's poll for seconds while another has a message.
        "wait_time_seconds": 0,
        "use_notify": True,
        "polling_interval": 0.2,
        "pool_size": 4,
        # Else publishing to a dead database blocks for half a minute.
        "pool_timeout": 5,
    }


def is_installed(cursor: Any) -> bool:
    """Whether the database has pgmq, as an extension or from the bundled SQL."""
    cursor.execute("SELECT to_regclass('pgmq.meta') IS NOT NULL")
    return bool(cursor.fetchone()[0])


def install(cursor: Any) -> bool:
    """Install the bundled SQL unless pgmq is there; answer whether it was installed.

    A second installation would fail half-way, hence the look first; the lock keeps two
    installers apart. Run it inside a transaction.
    """
    cursor.execute("SELECT pg_advisory_xact_lock(hashtext('portal.pgmq'))")
    if is_installed(cursor):
        return False
    cursor.execute(_portable(get_embedded_install_sql()))
    return True


def _portable(sql: str) -> str:
    """The script without its grants to ``pg_monitor``.

    An owner of a database who is no superuser may not always grant to it, and nothing of
    ours reads the queue as that role.
    """
    kept = [line for line in sql.splitlines() if not _grants_to_monitor(line)]
    return "\n".join(kept)


def _grants_to_monitor(line: str) -> bool:
    return line.rstrip().endswith("TO pg_monitor;") and line.startswith(
        ("GRANT ", "ALTER DEFAULT PRIVILEGES ")
    )


def hand_out_again(cursor: Any) -> int:
    """Make messages visible that a dead worker had taken; answer how many.

    Only for the one who knows that no worker lives: work that still goes on would be
    handed out twice (which rows with a claim survive, but it is wasted).
    """
    if not is_installed(cursor):
        return 0
    cursor.execute("SELECT queue_name FROM pgmq.meta ORDER BY queue_name")
    count = 0
    for (queue,) in cursor.fetchall():
        table = f"q_{queue}".replace('"', '""')
        cursor.execute(
            f'UPDATE pgmq."{table}" SET vt = clock_timestamp() '  # noqa: S608 - quoted name
            "WHERE vt > clock_timestamp()"
        )
        count += cursor.rowcount
    return count
