"""A mail address given back to a member who cannot open its mailbox any more: two vouch, and she has time to refuse."""
