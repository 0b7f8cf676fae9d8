"""The first minutes of a stranger: `make up`, the README's commands as printed, the end."""
