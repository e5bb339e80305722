"""Pricing: what a vehicle's use costs, by rates that change from date to date, and who receives it."""
