"""Pictures drawn on the server: vehicles, charts, codes."""
