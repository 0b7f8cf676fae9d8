"""The reference page names every rule and every function."""

import json
import re
from pathlib import Path

from domain.process.elements.assigning import DEEPEST, MAX_PARTS
from domain.process.feel.frame import MAX_STEPS
from domain.process.feel.functions import FUNCTIONS
from domain.process.feel.grammar import GRAMMAR, LONG_NAMES, MAX_DEPTH, MAX_LENGTH, MAX_NODES
from domain.process.rules import RULES
from domain.process.script import parse_script
from domain.process.simulate import simulate
from tests.process.drawn import define

PAGES = Path(__file__).parents[2] / "docs" / "reference"


def _page(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


def test_the_reference_names_every_rule_with_its_level_and_sentences() -> None:
    text = _page("diagrams.md") + _page("decision-tables.md")
    missing = [
        name
        for name, rule in RULES.items()
        if f"| `{name}` | {rule.level} | {rule.zh} | {rule.en} |" not in text
    ]
    assert missing == []


def test_the_run_shown_in_the_reference_goes_as_it_says() -> None:
    shown = re.search(r"run (\S+) --input '(.*?)'", _page("diagrams.md"), re.DOTALL)
    assert shown is not None
    data = (PAGES.parents[1] / shown[1]).read_bytes()
    definition = define(data)
    played = simulate(definition, parse_script(definition, json.loads(shown[2])))
    assert (played.status, played.clock.days) == ("completed", 35)
    assert played.variables == {"amount": 120, "paid": 120}


def test_the_reference_names_every_function() -> None:
    text = _page("expressions.md")
    assert [name for name in FUNCTIONS if f"`{name}`" not in text] == []


def test_the_reference_holds_the_grammar_itself() -> None:
    assert f"```text\n{GRAMMAR.strip()}\n```" in _page("expressions.md")
    assert {name for name in FUNCTIONS if " " in name} == set(LONG_NAMES)


def test_the_reference_says_the_bounds() -> None:
    bounds = f"{MAX_LENGTH:,} characters, {MAX_NODES} parts and {MAX_DEPTH} levels"
    assert bounds in _page("expressions.md")
    assert f"{MAX_STEPS:,} steps" in _page("expressions.md")
    assert f"{MAX_PARTS:,} parts" in _page("expressions.md")
    assert f"in {DEEPEST} levels" in _page("expressions.md")
