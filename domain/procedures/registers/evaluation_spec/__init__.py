"""The filing of an evaluation spec (评价规范备案)."""
