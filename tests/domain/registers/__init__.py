"""What is put on record: question banks and evaluation specs."""
