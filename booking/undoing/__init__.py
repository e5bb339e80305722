"""A moment after it was done, what was done to a booking or to its trip is undone by who did it."""
