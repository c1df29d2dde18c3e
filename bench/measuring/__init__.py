"""What pages and calls cost, beside their bare queries and beside a bare view, in interleaved rounds."""
