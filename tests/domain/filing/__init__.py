"""Tests of the filing."""
