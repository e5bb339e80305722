"""How things are said: amounts and hours, rules, causes of entries, letters, in each reader's language."""
