"""Who gets to the probes: everyone, a load balancer has no account."""

from __future__ import annotations

from tests.access.rows import EVERYONE, Access

ACCESS: dict[str, Access] = {
    "runtime:healthz": Access(allow=EVERYONE),
    "runtime:readyz": Access(allow=EVERYONE),
}
