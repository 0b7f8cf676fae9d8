"""Temporal activities: load, decide, append; and the service work."""
