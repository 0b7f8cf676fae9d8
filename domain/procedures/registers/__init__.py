"""What is put on record with the centers: question banks, evaluation specs."""
