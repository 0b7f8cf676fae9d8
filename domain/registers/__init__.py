"""What all cases share: institutions, occupations, places, codes, bars. Claims say who holds what.

A register is filled by events – of cases, or of streams `register:<name>` – through the claims they
make; a decision reads it as facts, each under a lock of its own.
"""
