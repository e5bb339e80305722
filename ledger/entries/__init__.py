"""Entries: what stands in the books, why, and which months still take more."""
