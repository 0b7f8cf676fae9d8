"""The change of a filing (备案变更): increment, details, exit, merger."""
