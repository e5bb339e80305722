"""Who set readings of trips right."""
