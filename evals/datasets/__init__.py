"""Public question sets as newsdesk's cases and articles: an adapter each, from a folder of JSONL files."""
