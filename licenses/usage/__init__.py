"""Use of media as the centre counts it: events of an hour, figures of a month, reports (DESIGN section 4, ADR 10)."""
