"""Read models: what an event changes in them, writes sent together, and what they were made by."""
