"""Why there is an entry: one file a cause, with what is kept as its explanation, its id and its sum."""
