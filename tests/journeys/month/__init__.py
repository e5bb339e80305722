"""The co-op's first month, a chapter a file; a chapter begins where the one before ended."""
