"""A real browser before the pages: Debian's Chromium, driven through its own path."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright
from starlette.types import ASGIApp
from typing_extensions import override

from tests.browser.watching import Watched
from tests.console.office import Office, open_office

ARTEFACTS: Final = Path(__file__).parent.parent.parent / "artefacts" / "browser"
LOOPBACK: Final = "127.0.0.1"
STARTS_WITHIN: Final = 10.0  # seconds
NewVisitor = Callable[..., Watched]


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for the tests of this package: its event loop would stop others that follow."""
    flags = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield running
        running.close()


@dataclass(frozen=True)
class House:
    """An office whose pages a browser can open."""

    office: Office
    url: str


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An office of this test alone, served on a port of its own."""
    office = open_office(tmp_path)
    with served(office.app) as url:
        yield House(office, url)


@pytest.fixture
def visitor(browser: Browser, request: pytest.FixtureRequest) -> Iterator[NewVisitor]:
    """Make visitors; each is checked at the end for what no page may do."""
    made: list[Watched] = []

    def make(url: str, *, width: int = 1280, scripts: bool = True, axe: bool = True) -> Watched:
        folder = ARTEFACTS / request.node.name.replace("/", "-")
        one = Watched(browser, url, folder, width=width, scripts=scripts)
        one.asks_axe = axe and scripts
        made.append(one)
        return one

    yield make
    for one in made:
        one.close()
    assert [wrong for one in made for wrong in one.wrongs] == []


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve an application until the block ends; give its URL."""
    listening = socket.socket()
    listening.bind((LOOPBACK, 0))
    config = uvicorn.Config(
        app, log_level="warning", lifespan="off", ws="none", timeout_graceful_shutdown=1
    )
    server = _Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    assert server.ready.wait(STARTS_WITHIN)
    yield f"http://{LOOPBACK}:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(STARTS_WITHIN)
    listening.close()


class _Server(uvicorn.Server):
    """A server that says when it listens, and leaves signals alone."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.ready.set()
