"""What leaves for the world, written in the transaction that decides it and sent afterwards, at least once."""
