"""Trips that are over, as tables list them: narrowed, sorted by when or by how far, added up."""
