"""The rules of the house that no linter knows: sizes, imports, names, docstrings."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = ("domain", "workflows", "activities", "api", "infra", "tests", "bench")
MOST_LINES = 400
MOST_LINES_OF_A_TEST = 600
LONGEST_FUNCTION = 60
VAGUE = {"utils", "util", "common", "base", "manager", "helpers", "misc"}
WIRING = re.compile(r"api/main\.py|infra/worker\.py|infra/cli/.*|tests/.*|bench/.*")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b|pytest\.mark\.(skip|xfail)")
PLACES = re.compile(  # written so that this file does not name them either
    r"/(?:work|root|home)/|\b(?:py[p]i|crate[s])\.(?:org|io)|python[h]osted|registry\.[n]pm|[p]roxy\.golang"
)
TEXTS = (".py", ".js", ".md", ".toml", ".yml", ".yaml", ".json", ".txt", ".sql", ".html", ".css")


def _files(*suffixes: str) -> Iterator[Path]:
    for top in CODE:
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix in suffixes and "vendor" not in path.parts:
                yield path


def _project_texts() -> Iterator[Path]:
    yield from (ROOT / name for name in ("Makefile", ".ci/run", "deploy/Dockerfile", ".npmrc"))
    yield from (path for path in ROOT.iterdir() if path.suffix in TEXTS)
    for folder in ("docs", "deploy", "requirements", "examples"):
        yield from (path for path in (ROOT / folder).rglob("*") if path.suffix in TEXTS)


MODULES = [path.relative_to(ROOT).as_posix() for path in _files(".py")]


def _tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("module", MODULES)
def test_no_file_grows_too_long(module: str) -> None:
    lines = len((ROOT / module).read_text(encoding="utf-8").splitlines())
    most = MOST_LINES_OF_A_TEST if module.startswith("tests/") else MOST_LINES
    assert lines <= most, f"{module}: {lines} lines; split it by outcome or element"


@pytest.mark.parametrize("module", MODULES)
def test_no_function_grows_too_long(module: str) -> None:
    long = [
        f"{module}:{one.lineno} {one.name}"
        for one in _functions(_tree(module))
        if (one.end_lineno or 0) - one.lineno >= LONGEST_FUNCTION
    ]
    assert not long, f"longer than {LONGEST_FUNCTION} lines: {long}"


def test_modules_are_named_for_the_noun_they_own() -> None:
    vague = [module for module in MODULES if set(Path(module).with_suffix("").parts) & VAGUE]
    assert not vague


def test_the_domain_imports_the_standard_library_and_lark_only() -> None:
    allowed = sys.stdlib_module_names | {"lark", "domain"}
    foreign = [
        f"{module}: {name}"
        for module in MODULES
        if module.startswith("domain/")
        for name in _imported(_tree(module))
        if name.partition(".")[0] not in allowed
    ]
    assert not foreign


def test_any_exception_is_caught_at_the_task_boundary_and_in_the_wiring_only() -> None:
    boundary = re.compile(r"activities/failures\.py|infra/reconciler\.py|api/problems\.py")
    caught = [
        f"{module}:{node.lineno}"
        for module in MODULES
        if not WIRING.fullmatch(module) and not boundary.fullmatch(module)
        for node in ast.walk(_tree(module))
        if isinstance(node, ast.ExceptHandler) and _catches_all(node)
    ]
    assert not caught, f"name the exceptions: {caught}"


def test_nothing_unfinished_is_committed() -> None:
    own = Path(__file__).name
    found = [
        path.relative_to(ROOT).as_posix()
        for path in _files(".py", ".html", ".js", ".sql", ".toml")
        if path.name != own and UNFINISHED.search(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_no_machine_path_and_no_registry_is_named() -> None:
    found = [
        path.relative_to(ROOT).as_posix()
        for path in [*_files(*TEXTS), *_project_texts()]
        if PLACES.search(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_test_names_are_sentences() -> None:
    short = [
        f"{module}: {one.name}"
        for module in MODULES
        if module.startswith("tests/")
        for one in _functions(_tree(module))
        if one.name.startswith("test_") and one.name.count("_") < 3
    ]
    assert not short


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


def _catches_all(handler: ast.ExceptHandler) -> bool:
    names = {
        node.id
        for node in ast.walk(handler.type or ast.Name("Exception"))
        if isinstance(node, ast.Name)
    }
    return bool(names & {"Exception", "BaseException"}) and not _raises_again(handler)


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None
