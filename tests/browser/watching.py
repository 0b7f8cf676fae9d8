"""A visitor with a browser, who notes what no page may do."""

import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

AXE: Final = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
GRAVE: Final = """async () => (await axe.run({resultTypes: ["violations"]})).violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => one.id + " " + one.nodes.map((node) => node.html.slice(0, 160)).join(" | "))"""
TOO_WIDE: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
EXPECTED: Final = re.compile(r"Failed to load resource.*status of 4\d\d")
NARROW: Final = 600  # pixels
PATIENCE: Final = 8_000  # milliseconds for anything to appear


class Watched:
    """One person's browser window; `wrongs` lists every fault seen."""

    def __init__(
        self, browser: Browser, url: str, folder: Path, *, width: int, scripts: bool
    ) -> None:
        self.url, self.wrongs = url, list[str]()
        self.asks_axe = scripts
        self.folder, self._width, self._shots = folder, width, 0
        self._context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            reduced_motion="reduce",
            locale="zh-CN",
        )
        self._context.set_default_timeout(PATIENCE)
        self.page = self.tab()

    def tab(self) -> Page:
        """Open another tab of the same person."""
        page = self._context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.wrongs.append(f"script: {error}"))
        page.on("request", self._see_request)
        page.on("response", self._see_response)
        return page

    def sign_in(self, login: str, tenant: str = "demo") -> "Watched":
        """Sign in with a seeded login."""
        self.page.goto(f"{self.url}/sign-in?tenant={tenant}")
        self.page.click(f'button[value="{login}"]')
        return self

    def go(self, path: str) -> None:
        """Open a page."""
        self.page.goto(self.url + path)

    def press(self, name: str) -> None:
        """Press the button of that name."""
        self.page.get_by_role("button", name=name).click()

    def follow(self, name: str) -> None:
        """Follow the link of that name."""
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def says(self, text: str) -> None:
        """Wait until the page says this."""
        self.page.get_by_text(text).first.wait_for()

    def look(self, name: str) -> None:
        """Keep a picture of the page; with scripts also ask axe and measure its width."""
        if not (self.asks_axe or self._width < NARROW):
            return  # the same picture as with scripts
        self._shots += 1
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{self._shots:02d}-{name}.png"
        self.page.screenshot(path=str(file), full_page=True)
        if self.asks_axe:
            self.page.evaluate(AXE)
            grave: list[Any] = self.page.evaluate(GRAVE)
            self.wrongs += [f"axe on {name}: {one}" for one in grave]
            if self.page.evaluate(TOO_WIDE) > 0:
                self.wrongs.append(f"{name} is wider than {self._width} px")

    def close(self) -> None:
        """Close the window."""
        self._context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED.search(message.text):
            self.wrongs.append(f"console: {message.text}")

    def _see_request(self, request: Request) -> None:
        if urlsplit(request.url).netloc not in ("", urlsplit(self.url).netloc):
            self.wrongs.append(f"another origin: {request.url}")

    def _see_response(self, response: Response) -> None:
        if response.status >= 500:
            self.wrongs.append(f"{response.status} {response.url}")
