"""What the full tests want from the machine beside Python: a browser and Chinese fonts.

`python -m tests.machine` (part of `make test`) finds them, or installs them on Debian as root.
Elsewhere the tests that need them are left out by name; under CI that is a failure.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

BROWSERS = (  # the first is the same browser without a window: pages take a fifth less time
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome",
    "google-chrome-stable",
)  # fmt: skip
PACKAGES = {  # of Debian; older releases have the later ones only
    "chromium": ("chromium-headless-shell", "chromium"), "CJK fonts": ("fonts-noto-cjk",),
}  # fmt: skip


def find_chromium() -> str | None:
    """Return the browser to drive: `CHROME_BIN`, else the first found on PATH."""
    named = os.environ.get("CHROME_BIN")
    if named:
        return named if os.access(named, os.X_OK) else None
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def has_chinese_font() -> bool:
    """Say whether the machine can draw Chinese, as fontconfig sees it."""
    if not shutil.which("fc-list"):
        return any(Path("/usr/share/fonts").rglob("*CJK*"))
    shown = subprocess.run(
        ["fc-list", ":lang=zh", "file"],  # noqa: S607  – PATH's own
        capture_output=True,
        text=True,
        check=False,
    )
    return bool(shown.stdout.strip())


def missing() -> list[str]:
    """Name what the machine lacks, as in `PACKAGES`."""
    found = {"chromium": find_chromium() is not None, "CJK fonts": has_chinese_font()}
    return [name for name, there in found.items() if not there]


def under_ci() -> bool:
    """Say whether this is a CI run, where nothing may be left out."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def _install(lacking: Sequence[str]) -> None:
    _apt_get("update")
    for name in lacking:
        for package in PACKAGES[name]:
            _tell(f"安装 · installing {package}")
            if _apt_get("install", "--yes", "--no-install-recommends", package):
                break


def _apt_get(*words: str) -> bool:
    done = subprocess.run(  # noqa: S603  – fixed words, packages from above
        ["apt-get", "-qq", *words],  # noqa: S607  – PATH's own
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode == 0


def _main() -> int:
    if (lacking := missing()) and os.geteuid() == 0 and shutil.which("apt-get"):
        _install(lacking)
        lacking = missing()
    for name in lacking:
        _tell(f"没有 · missing: {name} (Debian: {PACKAGES[name][-1]}; CHROME_BIN names a browser)")
    return 1 if lacking and under_ci() else 0


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(_main())
