"""Database triggers: a published policy never changes."""

from __future__ import annotations

from portal.common.freezing import frozen_content, frozen_version

MESSAGE = "A published policy never changes"

FROZEN_POLICY = frozen_version(constraint="policy_frozen", message=MESSAGE)
FROZEN_CONTENT = frozen_content(
    versions="matching_policy",
    of_old="v.id = OLD.policy_id",
    of_new="v.id = NEW.policy_id",
    constraint="policy_content_frozen",
    message=MESSAGE,
)
