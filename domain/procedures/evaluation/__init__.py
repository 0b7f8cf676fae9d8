"""Evaluation (评价): batches, question banks, evaluation specs."""
