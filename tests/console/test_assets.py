"""What pages link to is asked for once, and anew when its content is another."""

import re
from pathlib import Path

import pytest

from api.console import assets
from tests.console.browsing import Visitor
from tests.console.office import Office

LINK = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def links(office: Office) -> list[str]:
    """Return the addresses of the files that a page needs."""
    return LINK.findall(Visitor(office).see("/sign-in").text)


def test_what_pages_link_to_is_kept_for_good(office: Office) -> None:
    found = links(office)
    assert {"app.css", "app.js", "mark.svg"} <= {one.split("?")[0].split("/")[-1] for one in found}
    for link in found:
        answer = Visitor(office).see(link)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, assets.KEPT)


@pytest.mark.parametrize("query", ["", "?v=0123456789ab", "?v="])
def test_a_file_without_the_address_of_its_content_is_asked_for_anew(
    office: Office, query: str
) -> None:
    answer = Visitor(office).see(f"/static/app.css{query}")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")


def test_another_content_has_another_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    file = tmp_path / "app.css"
    file.write_text("p {}")
    first = assets.asset("app.css")
    assert assets.asset("app.css") == first
    file.write_text("p { color: red }")
    assert assets.asset("app.css") != first
