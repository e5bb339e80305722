"""Finding a vehicle: who is free, which hours of a day are, and the hours somebody usually takes."""
