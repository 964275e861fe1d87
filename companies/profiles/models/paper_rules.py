"""What the database holds about documents and consents whoever writes to them."""

from __future__ import annotations

import pgtrigger

from portal.common.freezing import refuse


def bytes_as_stated() -> pgtrigger.Trigger:
    """Document: by the end of its transaction its bytes are there, with this size and print."""
    return pgtrigger.Trigger(
        name="bytes_as_stated",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("size", "sha256"),  # type: ignore[no-untyped-call]
        timing=pgtrigger.Deferred,
        func=pgtrigger.Func(  # type: ignore[no-untyped-call]
            f"""
            IF EXISTS (SELECT 1 FROM {{meta.db_table}} WHERE id = NEW.id) AND NOT EXISTS (
                SELECT 1 FROM profiles_documentcontent AS c
                WHERE c.document_id = NEW.id AND octet_length(c.data) = NEW.size
                AND encode(sha256(c.data), 'hex') = NEW.sha256
            ) THEN
                {refuse(constraint="document_bytes_as_stated", message="The bytes differ")}
            END IF;
            RETURN NULL;
            """  # noqa: S608 - the names are ours
        ),
    )


def bytes_never_change() -> pgtrigger.Trigger:
    """DocumentContent: another file is another document."""
    return pgtrigger.Trigger(
        name="bytes_never_change",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=refuse(constraint="document_bytes_frozen", message="The bytes of a document stay"),
    )


def bytes_stay() -> pgtrigger.Trigger:
    """DocumentContent: the bytes go only together with their document."""
    return pgtrigger.Trigger(
        name="bytes_stay",
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        timing=pgtrigger.Deferred,
        func=f"""
            IF EXISTS (SELECT 1 FROM profiles_document WHERE id = OLD.document_id) THEN
                {refuse(constraint="document_bytes_stay", message="A document has its bytes")}
            END IF;
            RETURN NULL;
        """,  # noqa: S608 - the names are ours
    )


def consent_only_ends() -> pgtrigger.Trigger:
    """Consent: a row changes once, when it is withdrawn."""
    return pgtrigger.Trigger(
        name="only_ends",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            IF OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL THEN
                OLD.withdrawn_at := NEW.withdrawn_at;
                OLD.withdrawn_by_id := NEW.withdrawn_by_id;
            END IF;
            IF OLD IS NOT DISTINCT FROM NEW THEN
                RETURN NEW;
            END IF;
            {refuse(constraint="consent_only_ends", message="A consent only ends")}
        """,
    )
