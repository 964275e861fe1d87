"""The ground that the rooms stand on."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
