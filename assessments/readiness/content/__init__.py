"""Questionnaires as files: one folder per version, one TOML file per transition."""
