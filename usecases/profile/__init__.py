"""What one changes about oneself."""
