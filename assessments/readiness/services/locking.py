"""The order in which writes of this room lock rows: the company, then the scan."""

from __future__ import annotations

from assessments.readiness.models import Scan
from companies.profiles.services.facts import lock_company


def locked_scan(scan_id: int) -> Scan:
    """The scan with its company, both locked until the end of the transaction.

    A write to a scan may raise the version of the company's facts, so it takes the company
    first, as starting a scan does: two writes at once wait for each other. DoesNotExist
    when the scan is gone.
    """
    company = lock_company(Scan.objects.values_list("company_id", flat=True).get(pk=scan_id))
    scan = Scan.objects.select_for_update(of=("self",)).get(pk=scan_id)
    scan.company = company
    return scan
