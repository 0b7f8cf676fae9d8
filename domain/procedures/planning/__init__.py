"""The annual plan of evaluations (年度计划)."""
