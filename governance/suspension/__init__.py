"""A member's new bookings suspended: why, until when, and what she has to say of it."""
