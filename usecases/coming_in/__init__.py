"""Coming in: what a letter's link or code is for, what it does, and inviting those who come."""
