"""What nobody would type, sent to every address that the resolver knows."""
