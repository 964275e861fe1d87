"""This room in the Django admin; importing the modules registers their models."""

from assessments.readiness.admin import catalogue, questionnaires, scans

__all__ = ["catalogue", "questionnaires", "scans"]
