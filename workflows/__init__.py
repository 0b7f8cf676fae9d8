"""Temporal workflows: when to call, how long to sleep, whom to signal."""
