"""What every part of the domain stands on: errors, values, events, canonical bytes, ids."""
