"""The change of a filing: one file for each kind."""
