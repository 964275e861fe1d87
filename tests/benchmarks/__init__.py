"""Measurements by hand: each module is a program, none is a test."""
