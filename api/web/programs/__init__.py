"""How what a program sends is read."""
