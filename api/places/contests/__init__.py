"""Contests: what others put on one's account, contested with a word, and how that ends."""
