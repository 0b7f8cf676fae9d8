"""Which clause is carried out where and tested by what, read from the sources themselves.

A clause is implemented by a value of the law book, by code whose docstring ends in `Cite:`, or by
an element of a diagram; it is tested by a test's `Cite:` or by a scenario's `cite`.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import yaml

from domain.law.book import Clause, LawBook
from domain.law.citation import split

Places = dict[str, list[str]]  # clause → where

_CODE = ("domain", "workflows", "activities", "api", "infra")
_CITE = re.compile(r"^Cite:\s*(.+?)\s*(?:\n\s*\n|\Z)", re.DOTALL | re.MULTILINE)
_DIAGRAM_CITE = re.compile(r'<(?:\w+:)?cite\b[^>]*\bclause="([^"]+)"')
_NOT_YET = "本版本尚未实现 · not in this release"


def coverage(book: LawBook, root: Path) -> list[dict[str, object]]:
    """Return `{cite, label, procedural, implemented_by, tested_by, why_not}` of each clause.

    `root` is the folder that holds the packages; tests and scenarios are found where it also holds
    `tests/` and `examples/`, which an installed product does not have.
    """
    implemented, tested = _implemented(book, root), _tested(root)
    return [
        _line(clause, implemented[clause.cite], tested[clause.cite])
        for text in book.texts
        for clause in text.clauses
    ]


def cited(root: Path) -> Iterator[tuple[str, str]]:
    """Yield `(where, citation)` for every `Cite:` in code and tests, element and scenario."""
    for package in (*_CODE, "tests"):
        yield from _in_docstrings(root, package)
    yield from _in_diagrams(root)
    yield from _in_scenarios(root)


def _line(clause: Clause, implemented: list[str], tested: list[str]) -> dict[str, object]:
    procedural = clause.not_procedural is None
    missing = (clause.later or _NOT_YET) if procedural and not implemented else None
    return {
        "cite": clause.cite,
        "label": clause.zh,
        "procedural": procedural,
        "implemented_by": implemented,
        "tested_by": tested,
        "why_not": clause.not_procedural or missing,
    }


def _implemented(book: LawBook, root: Path) -> Places:
    places: Places = defaultdict(list)
    values = [(f"law book: {one.answer.key}", one.answer.cite) for one in book.entries]
    code = [found for package in _CODE for found in _in_docstrings(root, package)]
    for where, citation in (*values, *code, *_in_diagrams(root)):
        _note(places, where, citation)
    return places


def _tested(root: Path) -> Places:
    places: Places = defaultdict(list)
    for where, citation in (*_in_docstrings(root, "tests"), *_in_scenarios(root)):
        _note(places, where, citation)
    return places


def _note(places: Places, where: str, citation: str) -> None:
    for clause in split(citation):
        if where not in places[clause]:
            places[clause].append(where)


def _in_docstrings(root: Path, package: str) -> Iterator[tuple[str, str]]:
    for file in sorted((root / package).rglob("*.py")):
        module = ".".join(file.relative_to(root).with_suffix("").parts)
        for name, docstring in _docstrings(ast.parse(file.read_text(encoding="utf-8"))):
            for found in _CITE.findall(docstring):
                yield f"{module}{name}", " ".join(found.split()).rstrip(".")


def _docstrings(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield `(.Class.method, docstring)` for the module itself and all that is in it."""
    nested: list[tuple[str, ast.AST]] = [("", tree)]
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    while nested:
        name, node = nested.pop(0)
        if isinstance(node, kinds):
            yield name, ast.get_docstring(node) or ""
        nested += [
            (f"{name}.{child.name}", child)
            for child in ast.iter_child_nodes(node)
            if isinstance(child, kinds[1:])
        ]


def _in_diagrams(root: Path) -> Iterator[tuple[str, str]]:
    for file in sorted((root / "domain").rglob("*.bpmn")):
        for citation in _DIAGRAM_CITE.findall(file.read_text(encoding="utf-8")):
            yield str(file.relative_to(root)), citation


def _in_scenarios(root: Path) -> Iterator[tuple[str, str]]:
    for file in sorted((root / "examples").rglob("*.yaml")):
        scenario = yaml.safe_load(file.read_text(encoding="utf-8"))
        for citation in scenario.get("cite", ()) if isinstance(scenario, dict) else ():
            yield str(file.relative_to(root)), str(citation)
