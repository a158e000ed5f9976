"""What an answer is worth: short pure functions, `None` where a score doesn't apply."""
