"""The pages, one module each: a visit in, one typed page object out to its template."""
