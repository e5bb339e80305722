"""Photos: kept beside the log, named in commands, shown to the members of their co-op."""
