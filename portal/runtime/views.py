"""Probes for whoever watches the portal: alive, and ready."""

from __future__ import annotations

import logging
from collections.abc import Callable

from celery import current_app
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.runtime import broker, preparation

logger = logging.getLogger(__name__)
BROKER_SECONDS = 3
_migrations_seen = False


@never_cache
@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process is alive; touches nothing else."""
    return JsonResponse({"alive": True})


@never_cache
@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether requests can be served: 200, or 503 with the parts that fail.

    Says which part, never why: the reason is in the log, where addresses and names belong.
    """
    parts = {name: _works(name, look) for name, look in LOOKS.items()}
    ready = all(parts.values())
    words = {name: "ok" if works else "failed" for name, works in parts.items()}
    return JsonResponse({"ready": ready, "parts": words}, status=200 if ready else 503)


def _works(name: str, look: Callable[[], bool]) -> bool:
    try:
        return look()
    except Exception:
        # Each part has its own errors, and any of them means "not ready".
        logger.warning("not ready: %s", name, exc_info=True)
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _migrations() -> bool:
    """No migration waits; once seen this holds for the life of the process."""
    global _migrations_seen  # noqa: PLW0603 - a fact about the code of this process
    if not _migrations_seen:
        _migrations_seen = not preparation.unapplied()
    return _migrations_seen


def _broker() -> bool:
    url = str(current_app.conf.broker_write_url or "")
    if url.startswith(f"{broker.TRANSPORT}://"):
        with connection.cursor() as cursor:
            return broker.is_installed(cursor)
    with current_app.connection_for_write(connect_timeout=BROKER_SECONDS) as link:
        link.ensure_connection(max_retries=1, interval_start=0.1, timeout=BROKER_SECONDS)
    return True


LOOKS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": _migrations,
    "broker": _broker,
}
