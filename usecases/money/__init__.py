"""What members spend, owe and pay each other, and where the co-op is paid."""
