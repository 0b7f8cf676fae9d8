"""Our expressions against npm `feelin`: the same random expressions, the same answers."""
