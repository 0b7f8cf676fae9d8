"""Letters laid out: the HTML and the PDF of a sheet, one template version for both."""
