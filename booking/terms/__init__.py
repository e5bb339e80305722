"""On what terms vehicles are had: their calendars, who may drive, the house rules in force."""
