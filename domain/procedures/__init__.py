"""The procedures: a folder and a table entry each."""
