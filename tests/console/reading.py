"""What a page asks: its inputs with their labels, and where its faults lead."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from httpx2 import Response
from typing_extensions import override

_ASKING = ("input", "select", "textarea")
_SILENT = ("hidden", "submit")


@dataclass
class Asked(HTMLParser):
    """The form fields of a page."""

    ids: dict[str, str] = field(default_factory=dict)  # of inputs: id → name
    labels: set[str] = field(default_factory=set)  # ids that are labelled
    faults: set[str] = field(default_factory=set)  # ids to which the summary leads
    all_ids: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)  # fieldsets without a legend
    inside: bool = False

    def __post_init__(self) -> None:
        """Begin before the first tag."""
        super().__init__()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note inputs, labels, legends and links into the page."""
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.all_ids.append(found["id"])
        if tag in _ASKING and found.get("type") not in _SILENT:
            self.ids[found.get("id", "")] = found.get("name", "")
        if tag == "label":
            self.labels.add(found.get("for", ""))
        if tag == "fieldset":
            self.unnamed.append(found.get("id", ""))
        if tag == "legend":
            self.unnamed.pop()
        if tag == "a" and found.get("href", "").startswith("#"):
            self.faults.add(found["href"][1:])


def asked(page: Response) -> Asked:
    """Return what a page asks."""
    found = Asked()
    found.feed(page.text)
    return found
