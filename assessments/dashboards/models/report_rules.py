"""What the database holds about board reports whoever writes to them."""

from __future__ import annotations

import pgtrigger

from portal.common.freezing import refuse


def report_as_stated() -> pgtrigger.Trigger:
    """BoardReport: once finished, its bytes are there, with this size and fingerprint."""
    return pgtrigger.Trigger(
        name="report_as_stated",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("status", "size", "sha256"),  # type: ignore[no-untyped-call]
        timing=pgtrigger.Deferred,
        func=pgtrigger.Func(  # type: ignore[no-untyped-call]
            f"""
            IF EXISTS (
                SELECT 1 FROM {{meta.db_table}} AS r
                WHERE r.id = NEW.id AND r.status = 'finished' AND NOT EXISTS (
                    SELECT 1 FROM dashboards_boardreportcontent AS c
                    WHERE c.report_id = r.id AND octet_length(c.data) = r.size
                    AND encode(sha256(c.data), 'hex') = r.sha256
                )
            ) THEN
                {refuse(constraint="board_report_as_stated", message="The bytes differ")}
            END IF;
            RETURN NULL;
            """  # noqa: S608 - the names are ours
        ),
    )


def report_never_changes() -> pgtrigger.Trigger:
    """BoardReportContent: what was printed stays as it was printed."""
    return pgtrigger.Trigger(
        name="report_never_changes",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=refuse(constraint="board_report_frozen", message="The bytes of a report stay"),
    )


def report_stays() -> pgtrigger.Trigger:
    """BoardReportContent: the bytes go only together with their report."""
    return pgtrigger.Trigger(
        name="report_stays",
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        timing=pgtrigger.Deferred,
        func=f"""
            IF EXISTS (SELECT 1 FROM dashboards_boardreport WHERE id = OLD.report_id) THEN
                {refuse(constraint="board_report_stays", message="A report has its bytes")}
            END IF;
            RETURN NULL;
        """,  # noqa: S608 - the names are ours
    )
