"""Coming in: by a mailed link, by an invitation, by starting a co-op; the language, the charter, signing out."""
