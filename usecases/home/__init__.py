"""What Home tells: what a member still lacks to be ready, how far a young co-op has come, who joined lately."""
