"""A moment after it was said, what was said of a transfer is undone by who said it."""
