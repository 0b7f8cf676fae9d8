"""The report of a question bank (题库报备)."""
