"""Reading BPMN files: bytes from outside become a drawing, or a refusal by rule and line."""
