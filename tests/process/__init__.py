"""The process engine: a file per kind of element, the expressions, the reader, the rules."""
