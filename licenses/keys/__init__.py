"""Licence keys and passwords at providers: kept sealed, shown for a reason, never in the journal."""
