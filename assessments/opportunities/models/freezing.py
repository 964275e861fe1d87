"""Database triggers: a published rule set never changes."""

from __future__ import annotations

from portal.common.freezing import frozen_content, frozen_version

MESSAGE = "A published rule set never changes"

FROZEN_RULE_SET = frozen_version(constraint="rule_set_frozen", message=MESSAGE)
FROZEN_CONTENT = frozen_content(
    versions="opportunities_ruleset",
    of_old="v.id = OLD.rule_set_id",
    of_new="v.id = NEW.rule_set_id",
    constraint="rule_set_content_frozen",
    message=MESSAGE,
)
