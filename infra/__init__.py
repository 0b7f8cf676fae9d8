"""Adapters of the ports the domain asks for, and the settings they need.

Only `infra/worker.py` and `infra/cli/*` wire the parts together; the rest knows the domain alone.
"""
