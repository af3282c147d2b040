"""Turn the best path through a name into a reading."""
