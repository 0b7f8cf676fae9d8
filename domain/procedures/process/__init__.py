"""Cases of any deployed diagram, without code of their own (流程办件)."""
