"""Who may use the addresses of the cellar."""

from __future__ import annotations

from typing import Any

from tests.access.rows import EVERYONE, LOGGED_IN, Access
from tests.access.world import World


def english_please(world: World) -> dict[str, Any]:
    return {"language": "en", "next": "/privacy/"}


ACCESS: dict[str, Access] = {
    "common:set_language": Access(allow=EVERYONE, method="post", data=english_please),
    "common:gallery": Access(allow=LOGGED_IN),
    "common:accessibility": Access(allow=EVERYONE),
    "common:privacy": Access(allow=EVERYONE),
    # A form is no report, so the answer is 400; it is an answer all the same.
    "common:csp_report": Access(allow=EVERYONE, method="post", also_fine=frozenset({400})),
}
