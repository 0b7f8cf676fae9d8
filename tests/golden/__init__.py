"""What must not change unnoticed, and the rules of the house."""
