"""The reference page names every rule and every function."""

from pathlib import Path

from domain.process.feel.functions import FUNCTIONS
from domain.process.rules import RULES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "diagrams.md"


def test_the_reference_names_every_rule_with_its_level_and_sentences() -> None:
    text = PAGE.read_text(encoding="utf-8")
    missing = [
        name
        for name, rule in RULES.items()
        if f"| `{name}` | {rule.level} | {rule.zh} | {rule.en} |" not in text
    ]
    assert missing == []


def test_the_reference_names_every_function() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in FUNCTIONS if f"`{name}`" not in text] == []
