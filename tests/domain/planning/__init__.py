"""The annual plan: one file for each of its acts."""
