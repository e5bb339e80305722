"""With whom the keys of a vehicle are, and were."""
