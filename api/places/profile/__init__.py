"""What is one's own: the profile, the devices one is signed in on, leaving the co-op."""
