"""From what was read to a file of two to four pages."""

from __future__ import annotations

from assessments.dashboards.board_report.estimating import DOUBT, estimated_pages
from assessments.dashboards.board_report.gather import Material
from assessments.dashboards.board_report.limits import FEWEST_PAGES, LIMITS, MOST_PAGES
from assessments.dashboards.board_report.printing import LaidOut, Printed
from assessments.dashboards.board_report.writing import written


class TooLongError(Exception):
    """Not even the shortest form of a report fits."""


def made(material: Material) -> Printed:
    """The first form that fits, from full to short; the language must be active.

    A form that is surely too long is not laid out at all, but for the last one.

    A report that fits one page gets its last section on a second one: the first page says
    where the company stands, and nothing else.
    """
    for limits in LIMITS:
        report = written(material, limits)
        is_last = limits is LIMITS[-1]
        if not is_last and estimated_pages(report) > MOST_PAGES + DOUBT:
            continue
        laid_out = LaidOut(report)
        if laid_out.pages < FEWEST_PAGES:
            laid_out = LaidOut(report.spread())
        if laid_out.pages <= MOST_PAGES:
            return laid_out.printed(material.made_at)
    raise TooLongError(f"The report of company {material.company.pk} is longer than four pages.")
