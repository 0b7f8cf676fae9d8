"""Institution filing (机构备案)."""
