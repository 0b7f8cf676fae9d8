"""The law: citations, jurisdictions, the law book, the working-day calendar and its arithmetic."""
