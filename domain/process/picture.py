"""x"""
from domain.process.model import Definition
from collections.abc import Set as AbstractSet
def svg(definition: Definition, active: AbstractSet[str], taken: AbstractSet[str]) -> str:
    """x"""
    return ""
