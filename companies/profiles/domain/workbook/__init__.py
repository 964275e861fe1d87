"""Workbooks (.xlsx) as plain values: what is let in, what a cell says, what changed."""
