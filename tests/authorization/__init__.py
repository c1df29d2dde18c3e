"""The authorisation matrix: every address, every role, own and foreign things (policy.py is the table)."""
