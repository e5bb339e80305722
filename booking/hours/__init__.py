"""Whose the hours of a vehicle are: which are taken, and what keeps someone from the others."""
