"""`anjuan law`: the law book and the counting of terms. No server needed."""

import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

import domain
from domain.kernel.times import parse_instant
from domain.law.answers import JsonObject, Law
from domain.law.book import LawBook, NoRule
from domain.law.jurisdiction import is_code
from infra.cli.exits import Exit, Stop
from infra.cli.law_text import coverage_text, deadline_text, lead_text, term_text
from infra.law_coverage import coverage
from infra.law_data import load_calendar, load_law_book
from infra.settings import load_settings

app = law_app = typer.Typer(
    name="law", help="法规库与期限 · the law book and its terms.", no_args_is_help=True
)

Key = Annotated[str | None, typer.Argument(metavar="[KEY]", help="e.g. filing.acceptance")]
Place = Annotated[str | None, typer.Option("--jurisdiction", help="管辖代码 · six digits")]
Variant = Annotated[str | None, typer.Option("--variant", help="类型 · e.g. hunan")]
Batch = Annotated[Path | None, typer.Option("--batch", help="JSON list of requests; - is stdin")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]

Request = dict[str, object]
Answer = JsonObject | NoRule
Text = Callable[[JsonObject, Request], str]


Ask = Callable[[Law, Request], Answer]


@app.command()
def term(
    key: Key = None,
    *,
    jurisdiction: Place = None,
    variant: Variant = None,
    on: Annotated[str | None, typer.Option("--on", help="YYYY-MM-DD")] = None,
    batch: Batch = None,
    as_json: AsJson = False,
) -> None:
    """Show the term in force on a day, with its clause. 某日适用的期限及依据。"""
    one: Request = {"key": key, "jurisdiction": jurisdiction, "variant": variant, "on": on}
    _answer(_ask_term, one, batch, as_json=as_json, text=term_text)


@app.command()
def deadline(  # noqa: PLR0913  – one argument per option
    key: Key = None,
    *,
    jurisdiction: Place = None,
    variant: Variant = None,
    start: Annotated[str | None, typer.Option("--from", help="2024-04-26T17:00:00+08:00")] = None,
    amount: Annotated[int | None, typer.Option("--amount", help="set by the officer")] = None,
    batch: Batch = None,
    as_json: AsJson = False,
) -> None:
    """Count a term day by day from an instant. 从某一时刻起逐日计算期限。"""
    one: Request = {"key": key, "jurisdiction": jurisdiction, "variant": variant, "from": start}
    _answer(_ask_deadline, one | {"amount": amount}, batch, as_json=as_json, text=deadline_text)


@app.command()
def lead(
    key: Key = None,
    *,
    jurisdiction: Place = None,
    variant: Variant = None,
    before: Annotated[str | None, typer.Option("--before", help="YYYY-MM-DD")] = None,
    batch: Batch = None,
    as_json: AsJson = False,
) -> None:
    """Count back from a day to the last admissible one. 从某日倒数最迟办理日。"""
    one: Request = {"key": key, "jurisdiction": jurisdiction, "variant": variant, "before": before}
    _answer(_ask_lead, one, batch, as_json=as_json, text=lead_text)


@app.command(name="coverage")
def show_coverage(*, as_json: AsJson = False) -> None:
    """Show which clause is carried out where and tested by what. 条款实现与测试对照。"""
    root = Path(domain.__file__).resolve().parent.parent
    clauses = coverage(load_law_book(), root)
    if as_json:
        typer.echo(json.dumps({"clauses": clauses}, ensure_ascii=False, indent=2))
        return
    typer.echo(coverage_text(clauses))
    if not (root / "tests").is_dir():
        typer.echo("没有源码树，测试未列出 · no source tree here, tests are not listed", err=True)


def _ask_term(law: Law, request: Request) -> Answer:
    key, place, variant = _subject(request, "on")
    return law.term(key, place, _day(request, "on"), variant)


def _ask_deadline(law: Law, request: Request) -> Answer:
    key, place, variant = _subject(request, "from", "amount")
    amount = request.get("amount")
    if amount is not None and type(amount) is not int:
        raise ValueError("amount 须为整数 · amount is a whole number")
    start = _instant(request)
    return law.deadline(key, place, start, variant, amount=amount)


def _ask_lead(law: Law, request: Request) -> Answer:
    key, place, variant = _subject(request, "before")
    return law.lead(key, place, _day(request, "before"), variant)


def _subject(request: Request, *others: str) -> tuple[str, str, str | None]:
    """Return key, jurisdiction and variant of a request that has nothing but these and `others`."""
    unknown = sorted(set(request) - {"key", "jurisdiction", "variant", *others})
    if unknown:
        raise ValueError(f"多余的字段 · unknown fields: {', '.join(unknown)}")
    key, place, variant = (
        _word(request, "key"),
        _word(request, "jurisdiction"),
        request.get("variant"),
    )
    if not is_code(place):
        raise ValueError(f"管辖代码须为六位数字 · jurisdiction is a six-digit code, not {place!r}")
    if variant is not None and not isinstance(variant, str):
        raise ValueError("variant 须为文本 · variant is a text")
    return key, place, variant


def _word(request: Request, field: str) -> str:
    found = request.get(field)
    if not isinstance(found, str) or not found:
        raise ValueError(f"缺少 {field} · {field} is missing or not a text")
    return found


def _day(request: Request, field: str) -> date:
    found = _word(request, field)
    try:
        return date.fromisoformat(found)
    except ValueError:
        raise ValueError(f"{field} 须为日期 · {field} is a day YYYY-MM-DD, not {found!r}") from None


def _instant(request: Request) -> datetime:
    found = _word(request, "from")
    try:
        return parse_instant(found)
    except ValueError:
        raise ValueError(
            "from 须为带时区的时刻 · from is an instant with its offset, such as "
            f"2024-04-26T17:00:00+08:00, not {found!r}"
        ) from None


def _answer(ask: Ask, one: Request, batch: Path | None, *, as_json: bool, text: Text) -> None:
    law = Law(load_law_book(), load_calendar(load_settings().data / "calendars"))
    if batch is not None:
        _answer_batch(ask, law, batch, [name for name, value in one.items() if value is not None])
        return
    try:
        found = ask(law, one)
    except (ValueError, OverflowError) as wrong:
        raise _malformed(str(wrong)) from None
    if isinstance(found, NoRule):
        raise Stop(Exit.NOT_FOUND, found.code, _no_rule(law.book, found))
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else text(found, one))


def _answer_batch(ask: Ask, law: Law, file: Path, options: list[str]) -> None:
    """Answer all requests in their order; one without a rule is answered by its error."""
    if options:
        raise _malformed(f"--batch 不与其他选项并用 · --batch goes without {', '.join(options)}")
    answers: list[JsonObject] = []
    for n, request in enumerate(_requests(file)):
        try:
            found = ask(law, request)
        except (ValueError, OverflowError) as wrong:
            raise _malformed(f"[{n}] {wrong}") from None
        answers.append(_error(found) if isinstance(found, NoRule) else found)
    typer.echo(json.dumps(answers, ensure_ascii=False, indent=2))
    if any("error" in one for one in answers):
        raise typer.Exit(Exit.NOT_FOUND)


def _requests(file: Path) -> list[Request]:
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
        found = json.loads(text)
    except OSError as wrong:
        raise Stop(
            Exit.NOT_FOUND, "file.not_found", f"无法读取文件 · cannot read {file}: {wrong.strerror}"
        ) from None
    except ValueError as wrong:
        raise _malformed(f"{file}: {wrong}") from None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise _malformed(f"{file}: 须为请求对象的列表 · a JSON list of request objects")
    return found


def _error(refusal: NoRule) -> JsonObject:
    said = {"code": refusal.code, "zh": refusal.text("zh"), "en": refusal.text("en")}
    return {"key": refusal.key, "error": said}


def _no_rule(book: LawBook, refusal: NoRule) -> str:
    close = [] if refusal.key in book.keys else get_close_matches(refusal.key, book.keys)
    meant = f"\n是否指 · did you mean: {', '.join(close)}" if close else ""
    return f"{refusal.text('zh')}\n{refusal.text('en')}{meant}"


def _malformed(message: str) -> Stop:
    return Stop(Exit.USAGE, "command.malformed", f"请求有误 · malformed request: {message}")
