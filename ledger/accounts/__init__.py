"""Accounts: how a member came to stand where she stands, and across from whom."""
