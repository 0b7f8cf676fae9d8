"""The rig: processes to kill, lines to cut, and the checker of what clients saw."""
