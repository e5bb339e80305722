"""Entries and lines as tables list them: narrowed, sorted by day or by amount, added up."""
