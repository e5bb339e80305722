"""Who and what the demo shows: people, vehicles, receipts, all made up."""
