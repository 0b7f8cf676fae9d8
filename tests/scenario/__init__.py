"""Scenario files: how they are read, compared and played."""
