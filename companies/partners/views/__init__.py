"""Pages of partners."""
