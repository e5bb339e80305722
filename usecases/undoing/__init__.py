"""What a reader can still undo of what she did a moment ago."""
