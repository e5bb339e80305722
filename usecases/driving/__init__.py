"""Finding a vehicle, booking it, handing it over, and what was driven."""
