"""What matching costs: our engine, the same work in DuckDB and PostgreSQL, and the floor."""
