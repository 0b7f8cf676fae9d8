"""What must hold when machines die: real servers, real processes, killed and cut on purpose.

The number of rounds comes from `FAULT_ROUNDS` (1 in `make test`, 20 or `SEEDS` in `make faults`),
the seed of every choice from `FAULT_SEED`; every run prints it.
"""
