"""What every resource of the API shares: who asks, which rows, writes that happen once, refusals, the schema."""
