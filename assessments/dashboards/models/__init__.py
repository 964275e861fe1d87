"""What this room itself stores: board reports, and what is left of a deleted company."""

from assessments.dashboards.models.board_report import BoardReport, BoardReportContent
from assessments.dashboards.models.deletion import CompanyDeletion

__all__ = ["BoardReport", "BoardReportContent", "CompanyDeletion"]
