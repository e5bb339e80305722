"""Shared expenses: who paid, who bears it, at once or month by month."""
