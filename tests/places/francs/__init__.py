"""A co-op in Nouméa counts in Pacific francs: whole, wherever an amount is typed, kept, shown or written."""
