"""`anjuan case`: work a case without the console, over the API of a running server."""

from typing import Annotated

import typer

from domain.case.labels import label
from domain.kernel.errors import Language
from infra.cli._calling import (
    CLERK,
    HERE,
    Api,
    AsJson,
    Body,
    Key,
    Lang,
    Server,
    read_body,
    show,
    table,
)

app = typer.Typer(name="case", help="办件 · cases.", no_args_is_help=True)

Case = Annotated[str, typer.Argument(metavar="CASE", help="编号或 id · number or id.")]
OPERATOR = "demo-operator"


@app.command()
def start(
    file: Annotated[str, typer.Argument(metavar="FILE", help="JSON; - is stdin")],
    *,
    server: Server = HERE,
    key: Key = OPERATOR,
    lang: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """Open a case: the file is the body of POST /cases. 提出申请。"""
    answer = Api(server, key, lang).post("/cases", read_body(file))
    show(answer, as_json=as_json, text=_done(answer))


@app.command(name="list")
def list_cases(
    *,
    status: Annotated[str, typer.Option(help="e.g. received")] = "",
    text: Annotated[str, typer.Option(help="编号或名称 · part of number or name")] = "",
    server: Server = HERE,
    key: Key = CLERK,
    lang: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """List the newest cases one may know of. 办件列表。"""
    query = {name: value for name, value in (("status", status), ("q", text)) if value}
    page = Api(server, key, lang).get("/cases", {**query, "limit": 200})
    rows = [
        [one["number"], _status(one, lang), one["applicant"]["organisation"], _until(one)]
        for one in page["items"]
    ]
    show(
        page,
        as_json=as_json,
        text=table(rows, ["编号 number", "状态 status", "申请人 applicant", "等待至 until"]),
    )


@app.command(name="show")
def show_case(
    case: Case,
    *,
    server: Server = HERE,
    key: Key = CLERK,
    lang: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """Show a case. 显示办件。"""
    found = Api(server, key, lang).get(f"/cases/{case}")
    plain = [
        [name, "–" if value is None else str(value)]
        for name, value in {**found, "status": _status(found, lang)}.items()
        if not isinstance(value, dict | list)
    ]
    show(found, as_json=as_json, text=table(plain, ["", ""]).lstrip())


@app.command()
def state(
    case: Case,
    *,
    server: Server = HERE,
    key: Key = CLERK,
    lang: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """Show whom a case waits for and what may be done now. 显示状态与可办事项。"""
    found = Api(server, key, lang).get(f"/cases/{case}/state")
    show(found, as_json=as_json, text=_state(found))


@app.command()
def timeline(
    case: Case,
    *,
    level: Annotated[str, typer.Option(help="story, work, technical")] = "story",
    server: Server = HERE,
    key: Key = CLERK,
    lang: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """Show what happened, with the day it counts from, actor and clause. 时间线。"""
    page = Api(server, key, lang).get(f"/cases/{case}/timeline", {"level": level, "limit": 200})
    rows = [
        [one["effective"], one["title"], one["by"]["role"], one["cite"] or ""]
        for one in page["items"]
    ]
    show(
        page,
        as_json=as_json,
        text=table(rows, ["生效 effective", "事项 what", "办理 by", "依据 clause"]),
    )


@app.command()
def do(  # noqa: PLR0913, PLR0917  – one argument per option
    case: Case,
    command: Annotated[str, typer.Argument(metavar="COMMAND", help="e.g. filing.accept")],
    with_: Annotated[str, typer.Option("--with", metavar="FILE", help="JSON; - is stdin")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只预演 · store nothing")] = False,  # noqa: FBT002  – an option
    server: Server = HERE,
    key: Key = CLERK,
    lang: Lang = "zh",
    as_json: AsJson = False,  # noqa: FBT002  – an option
) -> None:
    """Act in a case, judging it as it stands now. 办理。"""
    api = Api(server, key, lang)
    api.get(f"/cases/{case}")
    body = read_body(with_) if with_ else {}
    path = f"/cases/{case}/commands/{command}"
    answer = api.post(path, body, version=api.version or "*", dry_run=dry_run)
    show(answer, as_json=as_json, text=_foreseen(answer, lang) if dry_run else _done(answer))


@app.command()
def explain(
    case: Case,
    *,
    server: Server = HERE,
    key: Key = CLERK,
    lang: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """Explain what a case waits for, on whom, until when, why, and what otherwise. 说明。"""
    api = Api(server, key, lang)
    found = api.get(f"/cases/{case}/state")
    deadlines = api.get(f"/cases/{case}/deadlines")["items"]
    running = [one for one in deadlines if one["state"] == "open"]
    text = "\n".join([_state(found), *(ledger(one) for one in running)])
    show({"state": found, "deadlines": running}, as_json=as_json, text=text)


def ledger(deadline: Body) -> str:
    """Return the days of a deadline, counted, skipped or paused."""
    term, cite = deadline["term"], deadline["term"]["cite"]
    head = f"{deadline['label']}：{term['amount']} {term['unit']}，{cite} → {deadline['due']}"
    rows = [[one["day"], str(one["n"] or "·"), one["why"]] for one in deadline["ledger"] or []]
    return "\n".join([head, table(rows, ["日期 day", "第 no.", "说明 why"])])


def _state(found: Body) -> str:
    waits, otherwise = found["waiting_for"], found["if_nothing_happens"]
    light = "" if found["light"] == "none" else f"[{found['light']}]"
    lines = [f"{found['number']}  {found['status']['label']}  {light}".rstrip()]
    if waits:
        lines.append(f"  {waits['sentence']}（{waits['cite'] or '—'}）")
    if otherwise:
        lines.append(f"  {otherwise['sentence']}（{otherwise['cite'] or '—'}）")
    for act in found["actions"]:
        mark = "✓" if act["allowed"] else f"– {act['why_not']['detail']}"
        lines.append(f"  {act['name']}  {act['label']}  {mark}")
    return "\n".join(lines)


def _done(answer: Body) -> str:
    if "outcome" not in answer:
        return f"已收件，尚未处理 · received, not yet decided: operation {answer['id']}"
    events = ", ".join(one["type"] for one in answer["events"])
    return f"{answer['number']}  v{answer['version']}\n  {events}\n  {answer['next']['sentence']}"


def _foreseen(answer: Body, lang: Language) -> str:
    if answer["problem"]:
        return f"✗ {answer['problem']['detail']} [{answer['problem']['code']}]"
    changes = [f"  {one['key']} {one['change']} {one['due'] or ''}" for one in answer["deadlines"]]
    letters = [f"  {one['kind']} {one['number']}" for one in answer["notices"]]
    return "\n".join([f"→ {_status(answer, lang)}  {answer['next']}", *letters, *changes])


def _status(case: Body, lang: Language) -> str:
    """Return the status in words, and its code, as `--status` asks for it."""
    code = str(case["status"])
    word = label("status", code, lang)
    return code if word == code else f"{word} {code}"


def _until(case: Body) -> str:
    waits = case["waiting_for"]
    return f"{waits['until'] or '—'} {waits['organisation']}" if waits else ""
