"""Database triggers: a published rule set never changes, what an adviser judged stays."""

from __future__ import annotations

import pgtrigger

from portal.common.freezing import frozen_content, frozen_version, refuse

MESSAGE = "A published rule set never changes"

FROZEN_RULE_SET = frozen_version(constraint="rule_set_frozen", message=MESSAGE)
FROZEN_CONTENT = frozen_content(
    versions="opportunities_ruleset",
    of_old="v.id = OLD.rule_set_id",
    of_new="v.id = NEW.rule_set_id",
    constraint="rule_set_content_frozen",
    message=MESSAGE,
)

OVERRIDE_KEPT = "override_kept"
OVERRIDE_FITS = "override_fits_assessment"
KEPT = "A verdict of an adviser is kept as it was given; it can only end"
_KEPT = refuse(constraint=OVERRIDE_KEPT, message=KEPT)
KEPT_OVERRIDE = (
    pgtrigger.Trigger(
        name="only_ends",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            IF OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL THEN
                OLD.ended_at := NEW.ended_at;
                OLD.ended_by_id := NEW.ended_by_id;
                OLD.ended_reason := NEW.ended_reason;
            END IF;
            IF OLD IS NOT DISTINCT FROM NEW THEN
                RETURN NEW;
            END IF;
            {_KEPT}
        """,
    ),
    pgtrigger.Trigger(
        name="goes_with_company",
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=pgtrigger.Delete,
        func=f"""
            IF EXISTS (SELECT 1 FROM profiles_company c WHERE c.id = OLD.company_id) THEN
                {_KEPT}
            END IF;
            RETURN NULL;
        """,  # noqa: S608 - constants of the code
    ),
    pgtrigger.Trigger(
        name="fits_assessment",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM opportunities_assessment a WHERE a.id = NEW.assessment_id
                AND a.company_id = NEW.company_id AND a.opportunity = NEW.opportunity
            ) THEN
                {refuse(constraint=OVERRIDE_FITS, message="Of another company or opportunity")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - constants of the code
    ),
)
