"""Versioned texts and lists that come with the portal."""
