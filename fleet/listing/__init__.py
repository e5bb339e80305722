"""Vehicles as a table lists them: by name, by odometer, by the end of their papers."""
