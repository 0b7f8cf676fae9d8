"""The process engine: one file per kind of element, the expression language, the reader, the rules."""
