"""How good the answers are, measured. May use `ingest` and `qa`; nothing imports it."""
