"""A batch (批次), one case from its plan to the archive."""
