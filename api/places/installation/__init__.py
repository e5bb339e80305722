"""The installation itself: what makes the pages an app, its health, the demo's doors, the local mailbox."""
