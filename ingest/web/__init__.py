"""Asking addresses: politely, within bounds, and only those that may be asked."""
