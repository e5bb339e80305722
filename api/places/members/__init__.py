"""Members: the co-op and who belongs to it, their roles, how new ones are invited, where the co-op is paid."""
