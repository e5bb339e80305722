"""Who was invited, and by whom."""
