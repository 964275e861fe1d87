"""How precise proposals are, for staff."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.matching.access import run_viewer_or_404
from assessments.matching.enums import REASON_LABELS
from assessments.matching.selectors.precision import (
    PrecisionRow,
    precision_rows,
    proposals_now,
)

FEW = 30  # below this many judgements a share says little


def _percent(share: float) -> Decimal:
    return Decimal(str(share * 100))


def _row(row: PrecisionRow) -> dict[str, Any]:
    share, interval = row.precision.share, row.precision.interval
    return {
        "label": row.label,
        "version": row.version,
        "judged": row.precision.judged,
        "relevant": row.precision.relevant,
        "share": None if share is None else _percent(share),
        "low": None if interval is None else _percent(interval[0]),
        "high": None if interval is None else _percent(interval[1]),
        "is_few": row.precision.judged < FEW,
        "reasons": [(REASON_LABELS[reason], count) for reason, count in row.reasons],
    }


@require_safe
def precision(request: HttpRequest) -> HttpResponse:
    """The share of judged proposals that was relevant, per opportunity and policy version."""
    run_viewer_or_404(request.user)
    rows = [_row(row) for row in precision_rows()]
    context = {
        "rows": rows,
        "refused": [row for row in rows if row["reasons"]],
        "few": FEW,
        "proposals_now": proposals_now(),
    }
    return render(request, "matching/precision.html", context)
