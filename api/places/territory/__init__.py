"""Where people live: France's communes."""
