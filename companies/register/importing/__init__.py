"""Import of KBO Open Data: read safely, select, stage, merge in one transaction."""
