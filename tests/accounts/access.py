"""Who gets to the addresses of this room."""

from __future__ import annotations

from tests.access.rows import EVERYONE, LOGGED_IN, Access
from tests.access.world import World


def dutch(world: World) -> dict[str, str]:
    return {"language": "nl", "next": "/account/login/"}


ACCESS = {
    "accounts:profile": Access(allow=LOGGED_IN),
    "accounts:set_language": Access(allow=EVERYONE, method="post", data=dutch),
}
