"""What follows in the books: who owes too much is warned, what is due is settled, what was taken back is undone."""
