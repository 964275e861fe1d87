"""Companies in the Django admin; importing the modules registers their models."""

from companies.profiles.admin import companies, joining, papers, resources

__all__ = ["companies", "joining", "papers", "resources"]
