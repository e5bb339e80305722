"""Vehicles: the fleet, one vehicle, bringing one in, looking after it; and who is free when."""
