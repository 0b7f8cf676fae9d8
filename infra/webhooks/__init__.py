"""Calls to web services outside: to checked addresses, signed, with the secrets kept apart."""
