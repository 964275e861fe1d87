"""The profile as a workbook (.xlsx): one description, for writing, reading and preview."""
