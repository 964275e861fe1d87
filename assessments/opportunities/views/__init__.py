"""Pages of the five opportunities and their calculators."""
