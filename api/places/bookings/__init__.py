"""Bookings: holding hours, following them, taking the keys and returning."""
