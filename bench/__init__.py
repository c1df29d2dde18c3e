"""Measurements and fights. Nothing here is part of what is installed."""
