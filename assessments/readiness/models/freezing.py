"""Database triggers: a published questionnaire never changes.

Each trigger raises a check violation under its own constraint name, so that Django
sees an IntegrityError. A trigger that looks at a parent locks it (FOR SHARE): a row
cannot slip in while another transaction publishes or submits.
"""

from __future__ import annotations

import pgtrigger

from portal.common.freezing import frozen_content, frozen_version, refuse

CHILD_FROZEN = "questionnaire_content_frozen"
QUESTIONNAIRE_FROZEN = "questionnaire_frozen"
QUESTIONNAIRE_STEPS = "questionnaire_steps"
ANSWER_FROZEN = "answer_frozen"
ANSWER_OF_QUESTIONNAIRE = "answer_of_questionnaire"
PART_FROZEN = "scan_part_frozen"
DOCUMENT_OF_COMPANY = "answer_document_of_company"
APPENDED_ONLY = "appended_only"
STEP_OF_SCAN = "planned_step_of_scan"
MESSAGE = "A published questionnaire never changes"
SUBMITTED = "A submitted scan does not change"
SUBMISSION_STAYS = "scan_submission_stays"
REOPENING_OPENS = "reopening_opens_scan"
COMMENT_FITS_SCAN = "comment_fits_scan"


def _raise(name: str, message: str) -> str:
    return refuse(constraint=name, message=message)


def frozen_child(parents_of_old: str, parents_of_new: str) -> pgtrigger.Trigger:
    """No insert, update or delete below a questionnaire that is not a draft.

    The arguments are SQL conditions on ``v`` (the questionnaire) that find the
    questionnaire of the row before and after the change.
    """
    return frozen_content(
        versions="readiness_questionnaire",
        of_old=parents_of_old,
        of_new=parents_of_new,
        constraint=CHILD_FROZEN,
        message=MESSAGE,
    )


FROZEN_QUESTIONNAIRE = frozen_version(constraint=QUESTIONNAIRE_FROZEN, message=MESSAGE)
STEPS_OF_QUESTIONNAIRE = pgtrigger.Trigger(
    # Beside ``frozen``, which lets a published version do nothing but retire.
    name="steps",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=f"""
        IF TG_OP = 'INSERT' AND NEW.status <> 'draft' THEN
            {_raise(QUESTIONNAIRE_STEPS, "A version starts as a draft")}
        END IF;
        IF TG_OP = 'UPDATE' AND OLD.status = 'draft' AND NEW.status = 'retired' THEN
            {_raise(QUESTIONNAIRE_STEPS, "A draft is published before it retires")}
        END IF;
        RETURN NEW;
    """,
)

SUBMITTED_ANSWER = pgtrigger.Trigger(
    name="fits_scan",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[
        ("of_scan", "bigint"),
        ("submitted", "boolean"),
        ("without", "readiness_answer%ROWTYPE"),
    ],
    func=f"""
        SELECT s.questionnaire_id, s.submitted_at IS NOT NULL INTO of_scan, submitted
        FROM readiness_scan s WHERE s.id = NEW.scan_id FOR SHARE;
        IF TG_OP = 'UPDATE' AND NEW.document_id IS NULL THEN
            -- A document that is deleted for good leaves the answer as it was.
            without := OLD;
            without.document_id := NULL;
            IF without IS NOT DISTINCT FROM NEW THEN
                RETURN NEW;
            END IF;
        END IF;
        IF submitted THEN
            {_raise(ANSWER_FROZEN, SUBMITTED)}
        END IF;
        IF TG_OP = 'UPDATE' AND OLD.scan_id <> NEW.scan_id THEN
            {_raise(ANSWER_FROZEN, "An answer stays with its scan")}
        END IF;
        IF of_scan IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM readiness_statement t
            JOIN readiness_transition r ON r.id = t.transition_id
            WHERE t.id = NEW.statement_id AND r.questionnaire_id = of_scan
        ) THEN
            {_raise(ANSWER_OF_QUESTIONNAIRE, "This statement is in another questionnaire")}
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - constants only
)

OWN_DOCUMENT = pgtrigger.Trigger(
    name="own_document",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__document__isnull=False),
    func=f"""
        IF NOT EXISTS (
            SELECT 1 FROM readiness_scan s
            JOIN profiles_document d ON d.company_id = s.company_id
            WHERE s.id = NEW.scan_id AND d.id = NEW.document_id
        ) THEN
            {_raise(DOCUMENT_OF_COMPANY, "An answer leans on a document of its own company")}
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - constants only
)

DELETED_ANSWER = pgtrigger.Trigger(
    name="stays_with_scan",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Delete,
    # Deferred: closing a company deletes its scans as a whole, which is allowed.
    func=f"""
        IF EXISTS (
            SELECT 1 FROM readiness_scan s
            WHERE s.id = OLD.scan_id AND s.submitted_at IS NOT NULL
        ) THEN
            {_raise(ANSWER_FROZEN, SUBMITTED)}
        END IF;
        RETURN NULL;
    """,  # noqa: S608 - constants only
)


def frozen_with_scan(*, of_old: str, of_new: str) -> tuple[pgtrigger.Trigger, ...]:
    """What belongs to a scan (support needs, views of respondents) is frozen with it.

    The arguments are SQL conditions on ``s`` (the scan) that find the scan of the row
    before and after the change. Deleting is looked at when the transaction ends, because
    closing a company deletes its scans as a whole.
    """
    refusal = _raise(PART_FROZEN, SUBMITTED)

    def submitted(condition: str) -> str:
        return f"""
            PERFORM 1 FROM readiness_scan s
            WHERE {condition} AND s.submitted_at IS NOT NULL FOR SHARE;
            IF FOUND THEN
                {refusal}
            END IF;"""

    return (
        pgtrigger.Trigger(
            name="frozen_with_scan",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
            func=f"""
                IF TG_OP = 'UPDATE' THEN{submitted(of_old)}
                END IF;{submitted(of_new)}
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="stays_with_scan",
            when=pgtrigger.After,
            timing=pgtrigger.Deferred,
            operation=pgtrigger.Delete,
            func=f"{submitted(of_old)} RETURN NULL;",
        ),
    )


def appended_only(message: str) -> tuple[pgtrigger.Trigger, ...]:
    """Rows of a scan that are only added: never changed, and gone only with the scan."""
    refusal = _raise(APPENDED_ONLY, message)
    return (
        pgtrigger.Trigger(
            name="never_changes",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=refusal,
        ),
        pgtrigger.Trigger(
            name="goes_with_scan",
            when=pgtrigger.After,
            timing=pgtrigger.Deferred,
            operation=pgtrigger.Delete,
            func=f"""
                IF EXISTS (SELECT 1 FROM readiness_scan s WHERE s.id = OLD.scan_id) THEN
                    {refusal}
                END IF;
                RETURN NULL;
            """,  # noqa: S608 - constants only
        ),
    )


STEP_FITS_SCAN = pgtrigger.Trigger(
    name="fits_scan",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=f"""
        IF TG_OP = 'UPDATE' AND (OLD.company_id, OLD.scan_id, OLD.statement_id)
            IS DISTINCT FROM (NEW.company_id, NEW.scan_id, NEW.statement_id) THEN
            {_raise(STEP_OF_SCAN, "A planned step stays with its statement")}
        END IF;
        IF TG_OP = 'INSERT' AND NOT EXISTS (
            SELECT 1 FROM readiness_scan s
            JOIN readiness_transition r ON r.questionnaire_id = s.questionnaire_id
            JOIN readiness_statement t ON t.transition_id = r.id
            WHERE s.id = NEW.scan_id AND s.company_id = NEW.company_id
                AND t.id = NEW.statement_id
        ) THEN
            {_raise(STEP_OF_SCAN, "This statement is not in the scan of this company")}
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - constants only
)


# A submission goes only with a reopening that names it. The two triggers of the reopening
# see to it that it was written in the transaction that opened the scan, and not before.
SUBMISSION_STAYS_WITH_SCAN = pgtrigger.Trigger(
    name="submission_stays",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("submitted_at", "submitted_by_id"),  # type: ignore[no-untyped-call]
    timing=pgtrigger.Deferred,
    condition=pgtrigger.Q(old__submitted_at__isnull=False),
    func=f"""
        IF ROW(OLD.submitted_at, OLD.submitted_by_id)
            IS DISTINCT FROM ROW(NEW.submitted_at, NEW.submitted_by_id)
            AND NOT EXISTS (
                SELECT 1 FROM readiness_reopening r
                WHERE r.scan_id = OLD.id AND r.submitted_at = OLD.submitted_at
            )
            AND EXISTS (SELECT 1 FROM readiness_scan s WHERE s.id = OLD.id) THEN
            {_raise(SUBMISSION_STAYS, "A submitted scan opens again only with a reason")}
        END IF;
        RETURN NULL;
    """,  # noqa: S608 - constants only
)

REOPENS_A_SUBMISSION = pgtrigger.Trigger(
    name="of_submission",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
        PERFORM 1 FROM readiness_scan s
        WHERE s.id = NEW.scan_id AND s.submitted_at = NEW.submitted_at
            AND s.submitted_by_id = NEW.submitted_by_id
        FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            {_raise(REOPENING_OPENS, "Only a submitted scan is reopened")}
        END IF;
        RETURN NEW;
    """,
)

REOPENED_SCAN_OPENS = pgtrigger.Trigger(
    name="opens_scan",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func=f"""
        IF EXISTS (
            SELECT 1 FROM readiness_scan s
            WHERE s.id = NEW.scan_id AND s.submitted_at = NEW.submitted_at
        ) THEN
            {_raise(REOPENING_OPENS, "A reopening opens the scan")}
        END IF;
        RETURN NULL;
    """,  # noqa: S608 - constants only
)

COMMENT_ON_SUBMITTED_SCAN = pgtrigger.Trigger(
    name="fits_scan",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("of_scan", "bigint"), ("submitted", "boolean")],
    func=f"""
        SELECT s.questionnaire_id, s.submitted_at IS NOT NULL INTO of_scan, submitted
        FROM readiness_scan s WHERE s.id = NEW.scan_id FOR SHARE;
        IF NOT submitted THEN
            {_raise(COMMENT_FITS_SCAN, "Comments are on a submitted scan")}
        END IF;
        IF of_scan IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM readiness_statement t
            JOIN readiness_transition r ON r.id = t.transition_id
            WHERE t.id = NEW.statement_id AND r.questionnaire_id = of_scan
        ) THEN
            {_raise(COMMENT_FITS_SCAN, "This statement is in another questionnaire")}
        END IF;
        RETURN NEW;
    """,  # noqa: S608 - constants only
)
