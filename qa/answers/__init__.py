"""From sentences to an answer that reads well: each kind of answer, and what they share. Pure, and in no own words."""
