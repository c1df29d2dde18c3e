"""Figures of use that providers tell: read, looked at first, written month by month, each beside its source."""
