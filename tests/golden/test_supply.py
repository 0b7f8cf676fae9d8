"""What we stand on: pins with hashes, no hosts, permissive licences, vendored files unchanged."""

import ast
import hashlib
import importlib.metadata
import json
import re
import sys
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))
VENDORED = [
    ROOT / "api" / "console" / "static" / "vendor",
    ROOT / "infra" / "bpmn_xml" / "schemas",
    ROOT / "tests" / "browser" / "vendor",
]
OURS = ("domain", "workflows", "activities", "api", "infra")
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)(\[[a-z0-9,-]+\])?==(?P<version>[^ ;\\]+)")
PERMISSIVE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|Unlicense|0BSD|HPND|CC0|Public Domain",
    re.IGNORECASE,
)
# Copyleft, used unmodified: at run time LGPL with exceptions, MPL; for development only the rest.
COPYLEFT = {
    "certifi": "MPL-2.0",
    "hypothesis": "MPL-2.0",
    "pathspec": "MPL-2.0",
    "psycopg2-binary": "LGPL",
    "python-stdnum": "LGPL",
}


def _pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _pins(path: Path) -> dict[str, str]:
    found = map(PIN.match, path.read_text().splitlines())
    return {one["name"]: one["version"] for one in found if one}


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_requirements_are_pinned_with_hashes_and_name_no_host(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"://|--index-url|--extra-index-url|--find-links", text)
    blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert blocks
    for block in blocks:
        assert PIN.match(block), block
        assert "--hash=sha256:" in block, block


def test_every_declared_dependency_is_pinned_within_its_bounds() -> None:
    project = _pyproject()
    extras = project["project"]["optional-dependencies"]
    core = project["project"]["dependencies"]
    groups = project["dependency-groups"]
    dev = [one for one in groups["dev"] if isinstance(one, str)]
    wanted = {
        "build.txt": groups["build"],
        "core.txt": core,
        "server.txt": core + extras["server"],
        "dev.txt": [*core, *chain(*extras.values()), *groups["build"], *dev],
        "bench.txt": groups["bench"],
        "go.txt": groups["go"],
    }
    assert {path.name for path in REQUIREMENTS} == set(wanted)
    for path in REQUIREMENTS:
        pins = _pins(path)
        for line in wanted[path.name]:
            bound = Requirement(line)
            name = _plain(bound.name)
            assert bound.specifier.contains(pins[name]), f"{path.name}: {line}; run `make pins`"


def test_the_npm_lock_names_no_host_and_no_install_script() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert packages
    assert not [name for name, one in packages.items() if "resolved" in one]
    assert not [name for name, one in packages.items() if one.get("hasInstallScript")]
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    settings = (ROOT / ".npmrc").read_text().split()
    assert {"ignore-scripts=true", "omit-lockfile-registry-resolved=true"} <= set(settings)


@pytest.mark.parametrize("folder", VENDORED, ids=lambda path: path.parent.name)
def test_vendored_files_are_those_of_the_manifest_and_carry_their_licence(folder: Path) -> None:
    files = json.loads((folder / "manifest.json").read_text())["files"]
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for one in files:
        digest = hashlib.sha256((folder / one["file"]).read_bytes()).hexdigest()
        assert digest == one["sha256"], one["file"]
        assert lock[f"node_modules/{one['package']}"]["version"] == one["version"]
        for licence in one["licence_files"]:
            assert (folder / licence).stat().st_size > 0
    listed = {one["file"] for one in files} | {
        name for one in files for name in one["licence_files"]
    }
    present = {path.name for path in folder.iterdir()}
    assert present - listed <= {"manifest.json", "README.md"}


def test_everything_pinned_has_a_permissive_licence_or_is_known_copyleft() -> None:
    refused = []
    for name in _pins(ROOT / "requirements" / "dev.txt"):
        try:
            licence = _licence(importlib.metadata.metadata(name))
        except importlib.metadata.PackageNotFoundError:
            continue  # for another platform or Python version
        if re.search(r"GPL|MPL|Mozilla", licence) or not PERMISSIVE.search(licence):
            refused.append(f"{name}: {licence}")
    assert [line for line in refused if line.partition(":")[0] not in COPYLEFT] == []


def _licence(metadata: importlib.metadata.PackageMetadata) -> str:
    classifiers = [
        one.rpartition("::")[2].strip()
        for one in metadata.get_all("Classifier") or []
        if one.startswith("License ::")
    ]
    stated = [*(metadata.get_all("License-Expression") or []), *classifiers]
    return " ".join(stated or (metadata.get_all("License") or [""]))


def test_everything_imported_is_declared() -> None:
    extras = chain(*_pyproject()["project"]["optional-dependencies"].values())
    declared = {
        _plain(Requirement(line).name)
        for line in [*_pyproject()["project"]["dependencies"], *extras]
    }
    packages = importlib.metadata.packages_distributions()
    undeclared = sorted(
        f"{path.relative_to(ROOT).as_posix()}: {name}"
        for top in OURS
        for path in (ROOT / top).rglob("*.py")
        for name in _imported(path) - sys.stdlib_module_names - set(OURS)
        if not declared & {_plain(one) for one in packages.get(name, [])}
    )
    assert undeclared == []


def _imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {one.name for node in nodes if isinstance(node, ast.Import) for one in node.names}
    taken = {
        node.module
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }
    return {name.partition(".")[0] for name in plain | taken}


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")
