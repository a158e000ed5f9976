"""Who said what in a text, found by rules."""
