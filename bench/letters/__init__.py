"""Do letters arrive, whatever dies, and how quickly: ``./lw bench letters`` and ``./lw bench letters.rate``."""
