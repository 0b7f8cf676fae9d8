"""Every message has its English, and none is kept for nobody."""

from pathlib import Path
from typing import get_args

import pytest

from api.console.texts import Texts, english
from domain.case.labels import label
from domain.case.state import Status
from tests.console.messages import CONSOLE, used

TEMPLATES = sorted((CONSOLE / "templates").rglob("*.html"))
FORBIDDEN = ("hx-on", "js:", " style=", "<style", "onclick", "javascript:")


def test_every_message_has_an_english_form_and_no_form_is_left_over() -> None:
    messages = dict(used())
    assert {one: place for one, place in messages.items() if one not in english()} == {}
    assert set(english()) - set(messages) == set()


def test_english_keeps_every_place_of_the_chinese() -> None:
    def places(text: str) -> set[str]:
        return {part.partition(")")[0] for part in text.split("%(")[1:]}

    for message, forms in english().items():
        for form in forms:
            assert places(form) == places(message), message


def test_one_working_day_is_not_days() -> None:
    texts = Texts("en")
    assert texts.ntr("超期 %(n)s 个工作日", 1) == "1 working day overdue"
    assert texts.ntr("超期 %(n)s 个工作日", 2) == "2 working days overdue"


@pytest.mark.parametrize("status", get_args(Status))
def test_every_status_has_both_names(status: Status) -> None:
    assert label("status", status, "zh") != status
    assert label("status", status, "en") != status


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.name)
def test_no_template_holds_what_the_policy_blocks(template: Path) -> None:
    text = template.read_text("utf-8")
    assert [one for one in FORBIDDEN if one in text] == []
    assert "<script>" not in text
