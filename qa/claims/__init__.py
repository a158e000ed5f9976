"""What a statement claims, part by part, and whether quotes bear it out: pure rules for English news."""
