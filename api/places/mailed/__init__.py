"""What a letter asks, done by its link: shown, and done by one press."""
