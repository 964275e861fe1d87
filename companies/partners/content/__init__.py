"""Texts of this room, by version."""
