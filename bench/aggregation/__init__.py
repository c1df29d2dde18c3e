"""How quickly a month of events becomes figures, and whether anybody waits for it: ``./lw bench aggregation``."""
