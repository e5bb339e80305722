"""The desk: the vehicles and the trips as tables, the book of each vehicle, and the whole chronicle of the co-op."""
