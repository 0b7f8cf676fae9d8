"""The web process: HTTP interface and console."""
