"""First version of the matching policy as data."""
