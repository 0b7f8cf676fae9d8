"""One module per resource. A handler reads its arguments, asks a port, and answers a shape."""
