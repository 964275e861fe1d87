"""This room in the Django admin; importing the modules registers their models."""

from assessments.readiness.admin import measures, questionnaires, scans

__all__ = ["measures", "questionnaires", "scans"]
