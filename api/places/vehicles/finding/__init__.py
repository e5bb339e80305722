"""Finding a vehicle: who is free for some hours, and which hours of a day are."""
