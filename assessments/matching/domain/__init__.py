"""Matching as pure functions over plain values and arrays: no Django, no clock."""
