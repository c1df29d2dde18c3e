"""The very statements that a request sends to the database, sent again without anything around them."""
