#!/usr/bin/env python3
"""Copies the few browser files and schemas we ship out of node_modules, with licence and digest.

Run by `make vendor` after `npm ci`; what it writes is committed, so an install needs no Node.
"""

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = ROOT / "node_modules"
BROWSER = Path("api/console/static/vendor")
SCHEMAS = Path("infra/bpmn_xml/schemas")
TESTS = Path("tests/browser/vendor")


@dataclass(frozen=True, slots=True)
class Source:
    """What one npm package gives, and where it goes."""

    package: str
    licence: str
    folder: Path
    files: tuple[str, ...]
    licences: dict[str, str]  # name in the package → name in our folder


SOURCES = (
    Source(
        "htmx.org",
        "0BSD",
        BROWSER,
        ("dist/htmx.min.js", "dist/ext/hx-sse.min.js"),
        {"LICENSE": "htmx.org.LICENSE"},
    ),
    Source(
        "bpmn-visualization",
        "Apache-2.0",
        BROWSER,
        ("dist/bpmn-visualization.min.js",),
        {"LICENSE": "bpmn-visualization.LICENSE", "NOTICE": "bpmn-visualization.NOTICE"},
    ),
    Source(
        "bpmn-moddle",
        "MIT",
        SCHEMAS,
        tuple(
            f"resources/bpmn/xsd/{name}.xsd"
            for name in ("BPMN20", "BPMNDI", "DC", "DI", "Semantic")
        ),
        {"LICENSE": "LICENSE"},
    ),
    Source(
        "axe-core",
        "MPL-2.0",
        TESTS,
        ("axe.min.js",),
        {
            "LICENSE": "axe-core.LICENSE",
            "LICENSE-3RD-PARTY.txt": "axe-core.LICENSE-3RD-PARTY.txt",
        },
    ),
)


def _copy(source: Source) -> list[dict[str, object]]:
    package = MODULES / source.package
    version = json.loads((package / "package.json").read_text())["version"]
    for name, ours in source.licences.items():
        shutil.copyfile(package / name, ROOT / source.folder / ours)
    rows: list[dict[str, object]] = []
    for file in source.files:
        target = ROOT / source.folder / Path(file).name
        shutil.copyfile(package / file, target)
        rows.append(
            {
                "file": target.name,
                "package": source.package,
                "version": version,
                "licence": source.licence,
                "licence_files": list(source.licences.values()),
                "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
            }
        )
    return rows


def main() -> None:
    """Copy everything and write one `manifest.json` per folder."""
    listed: dict[Path, list[dict[str, object]]] = {}
    for source in SOURCES:
        listed.setdefault(source.folder, []).extend(_copy(source))
    for folder, rows in listed.items():
        text = json.dumps({"files": rows}, indent=2)
        (ROOT / folder / "manifest.json").write_text(f"{text}\n")


if __name__ == "__main__":
    main()
