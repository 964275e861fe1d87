"""What submitting a scan does with points to discuss that are left."""

from __future__ import annotations

from datetime import datetime

from assessments.readiness.models import Answer, Scan
from assessments.readiness.selectors import unsettled_points
from assessments.readiness.services.errors import UnsettledError
from companies.profiles.enums import MemberRole
from companies.profiles.models import Membership
from portal.accounts.models import User


def settle_what_is_left(*, scan: Scan, user: User, accepted: int, now: datetime) -> None:
    """An owner who saw the number of points lets the company's answers stand; others may not.

    To be called under the lock of the open scan. Raises UnsettledError with the number of
    points when it is larger than ``accepted``, or when the person is no owner of the company.
    """
    points = unsettled_points(scan.pk)
    if not points:
        return
    owners = Membership.objects.filter(company=scan.company_id, user=user, role=MemberRole.OWNER)
    if len(points) > accepted or not owners.exists():
        raise UnsettledError(len(points))
    Answer.objects.filter(scan=scan, statement__in=points).update(settled_at=now, settled_by=user)
