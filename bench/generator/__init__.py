"""Invented worlds of any size, for measurements and tests."""
