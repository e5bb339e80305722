"""Accounts: what I owe or am owed and why, everyone's balances, the books, giving, and files to take away."""
