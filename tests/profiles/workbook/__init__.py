"""Workbooks of the profile: files made and damaged on purpose."""
