"""What a letter asks of whoever it was sent to is done by its link, without signing in."""
