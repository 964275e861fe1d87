"""A register that does not exist: seeded, fictional, in the exact KBO Open Data format."""
