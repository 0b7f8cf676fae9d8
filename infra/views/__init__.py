"""Reading: SQL views of cases, tasks, deadlines and streams."""
