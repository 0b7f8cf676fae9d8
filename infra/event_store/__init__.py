"""The event store in PostgreSQL, and the pure part of recording that memory shares."""
