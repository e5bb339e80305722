"""Settling up: few transfers from bank to bank, each declared by who pays it and confirmed by who receives it."""
