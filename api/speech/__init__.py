"""How things are said: amounts and hours, house rules, causes of entries, letters, in each reader's language."""
