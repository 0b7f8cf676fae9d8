"""Filling in forms made from payloads: fields by their names, each as its look asks."""

from collections.abc import Mapping, Sequence

from tests.browser.watching import Watched

Value = str | bool | Sequence[str]  # a text or choice, a yes or no, several choices
NEXT = "下一步：看看会发生什么"


def fill(who: Watched, fields: Mapping[str, Value]) -> None:
    """Fill in the fields; a list of rows is pasted as text under `<name>-text`."""
    for name, value in fields.items():
        if isinstance(value, bool):
            who.page.check(f"#{name}-{'yes' if value else 'no'}")
        elif not isinstance(value, str):
            for one in value:
                who.page.check(f"#{name}-{one}")
        elif name.endswith("-text"):
            _paste(who, name, value)
        else:
            _type(who, name, value)


def sign(who: Watched, path: str, fields: Mapping[str, Value], *, look: str = "") -> None:
    """Open a form, fill it in, look at what would happen, sign it; `look` names the pictures."""
    who.go(path)
    fill(who, fields)
    if look and fields:
        who.look(f"{look}-form")
    who.press(NEXT)
    who.says("签发前请核对")
    if look:
        who.look(f"{look}-preview")
    who.press("确认并")


def open_case(who: Watched, path: str, fields: Mapping[str, Value], *, look: str = "") -> str:
    """Open a case by its form; return its number."""
    sign(who, path, fields, look=look)
    who.says("收件不等于受理")
    return who.page.locator(".number").inner_text()


def act(
    who: Watched,
    number: str,
    name: str,
    fields: Mapping[str, Value] | None = None,
    *,
    look: str = "",
) -> None:
    """Act in a case by its form."""
    sign(who, f"/cases/{number}/acts/{name}", fields or {}, look=look)
    who.says("已办：")


def _type(who: Watched, name: str, value: str) -> None:
    field = who.page.locator(f"#{name}")
    look = field.evaluate("(one) => one.tagName")
    if look == "SELECT":
        field.select_option(value)
    elif look == "FIELDSET":
        who.page.check(f"#{name}-{value}")
    else:
        if not field.is_visible():
            who.page.locator("details", has=field).locator("summary").last.click()
        field.fill(value)


def _paste(who: Watched, name: str, value: str) -> None:
    _type(who, name, value)
    who.press("读入这些行")
