"""What is drawn from a number: the same number gives the same history."""
