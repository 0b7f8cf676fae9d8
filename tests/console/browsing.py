"""A visitor without a browser: reads pages, fills in forms, follows redirects."""

import re
from html import unescape
from typing import Final

from httpx2 import Response
from starlette.testclient import TestClient

from tests.console.office import Office

_INPUT: Final = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
Files = dict[str, tuple[str, bytes, str]]
PDF: Final = ("申请表.pdf", b"%PDF-1.7 an application %%EOF", "application/pdf")
INSTITUTION: Final = {
    "name": "长沙甲培训学校",
    "uscc": "5243 0000 7qn1nlfjtt",
    "type": "school",
    "serves": "own",
    "jurisdiction": "430100",
    "address": "湖南省长沙市示例路1号",
    "principal": "p-principal",
    "go": "next",
}
SCOPE: Final = {
    "code-0": "6-18-01-01",
    "name-0": "车工",
    "job-0": "数控车工",
    "level-0": "4",
    "computerised": "yes",
    "go": "next",
}


class Visitor:
    """Somebody signed in, whose forms come from our own pages."""

    def __init__(self, office: Office, login: str = "", *, raises: bool = True) -> None:
        self._client = TestClient(
            office.app,
            base_url="http://console.test",
            headers={"sec-fetch-site": "same-origin"},
            raise_server_exceptions=raises,
        )
        if login:
            self.send("/sign-in", login=login, tenant="demo", to="/")

    def see(self, path: str, **headers: str) -> Response:
        """Open a page."""
        return self._client.get(path, headers=headers)

    def send(self, path: str, **fields: str | list[str]) -> Response:
        """Submit a form."""
        return self._client.post(path, data=fields)

    def upload(self, path: str, files: Files, **fields: str) -> Response:
        """Submit a form with files."""
        return self._client.post(path, data=fields, files=files)

    def act(self, path: str, **fields: str | list[str]) -> Response:
        """Open the form of an act and sign it at once."""
        return self.send(path, **{**hidden(self.see(path)), **fields, "step": "sign"})

    def fill(self, path: str, **fields: str | list[str]) -> Response:
        """Open the form of a page and submit it, with its hidden fields."""
        return self.send(path, **{**hidden(self.see(path)), **fields})

    def signing_in(self, login: str) -> Response:
        """Sign in and return the very answer, not where it leads."""
        fields = {"login": login, "tenant": "demo", "to": "/"}
        return self._client.post("/sign-in", data=fields, follow_redirects=False)

    def say_raw(self, method: str, path: str, headers: dict[str, str]) -> Response:
        """Send a request with other headers than a browser of ours would."""
        return self._client.request(method, path, headers=headers, follow_redirects=False)


def hidden(page: Response) -> dict[str, str]:
    """Return the hidden fields of a page: its keys and versions."""
    return {name: unescape(value) for name, value in _INPUT.findall(page.text)}


def words(page: Response) -> str:
    """Return what a page says, without tags."""
    main = page.text.partition('<main id="main"')[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def fill_in(school: Visitor) -> str:
    """Fill in a filing up to the signature; return the path of the draft."""
    draft = school.send("/apply/filing").url.path
    school.fill(f"{draft}/institution", **INSTITUTION)
    school.fill(f"{draft}/scope", **SCOPE)
    materials = f"{draft}/materials"
    school.upload(materials, {"file-application": PDF}, **hidden(school.see(materials)), go="next")
    return draft


def apply(office: Office) -> str:
    """Submit a filing; return its number."""
    draft = fill_in(Visitor(office, "operator"))
    principal = Visitor(office, "principal")
    principal.fill(f"{draft}/commitment", sign="1", go="next")
    principal.send(f"{draft}/check", **hidden(principal.see(f"{draft}/check")))
    return office.case().number


def ask_for_premises(office: Office, number: str, days: str = "5") -> None:
    """Have the clerk list the premises as missing."""
    clerk = Visitor(office, "clerk")
    clerk.act(
        f"/cases/{number}/acts/filing.request_supplement",
        missing=["premises"],
        **{"reason-premises": "缺少平面图"},
        working_days=days,
    )
