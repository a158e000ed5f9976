"""The ways to ask: the `newsdesk` command and the web chat. Nothing in `qa` or `ingest` knows of them."""
