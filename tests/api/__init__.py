"""The HTTP interface: in one process over ASGI, and on real servers."""
