"""A private installation that may be shot at and weakened, for whoever fights in it."""
