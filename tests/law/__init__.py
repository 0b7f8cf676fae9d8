"""The law: citations, jurisdictions, every term and grid of dates, the calendar, the counting."""
