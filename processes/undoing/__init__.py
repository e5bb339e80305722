"""What was told by letter was undone: a second letter tells."""
