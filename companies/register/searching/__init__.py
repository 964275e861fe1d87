"""Finding establishments: what was asked, and the rows that answer it."""
