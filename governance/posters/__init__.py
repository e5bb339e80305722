"""Posters: the words that stand for their links."""
