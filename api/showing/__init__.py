"""From domain values to the shapes of the wire. Nothing is decided here."""
