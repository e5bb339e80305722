"""Expenses: what members paid for something shared, recorded with the receipt, shown part by part, taken back."""
