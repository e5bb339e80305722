"""What one looks at from several contexts at once: trips with their prices, vehicles with what is done with them."""
