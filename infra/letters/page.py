"""A sheet as HTML: complete in itself, readable in reading order, nothing in it runs."""

from collections.abc import Sequence
from html import escape

from domain.case.sheet import Rows, Sheet

_STYLE = (
    "@page{size:A4;margin:30mm 26mm 28mm 28mm}body{overflow-wrap:anywhere}"
    "body{max-width:42em;margin:2em auto;padding:0 1em;line-height:1.9;"
    'font-family:"Noto Serif CJK SC","Source Han Serif SC",SimSun,serif;color:#1b1b1b}'
    "h1{text-align:center;font-size:1.7em;margin:.6em 0}"
    ".issuer{text-align:center;color:#a32a1e;font-size:1.4em;border-bottom:3px double #a32a1e}"
    ".number,.signed{text-align:right}dl{display:grid;grid-template-columns:auto 1fr;gap:0 1em}"
    "dt{color:#555}dd{margin:0}main p{text-indent:2em;margin:.3em 0}main .to{text-indent:0}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #777;padding:.6em;"
    "text-align:left;height:2.2em}th{width:12em;font-weight:normal}"
    ".check{display:flow-root;border-top:1px solid #999;margin-top:2em;font-size:.85em}"
    ".check svg{float:right}"
)


def page(sheet: Sheet, template: str, qr: str, address: str) -> bytes:
    """Return the sheet as a document; `qr` is an SVG or "", `address` where a code is checked."""
    document = (
        '<!doctype html>\n<html lang="zh-CN">\n<head><meta charset="utf-8">'
        f'<meta name="template" content="{escape(template)}">'
        f"<title>{escape(f'{sheet.title} {sheet.number}')}</title><style>{_STYLE}</style></head>\n"
        f"<body>\n{_content(sheet, 'h1', 'main', 'footer', qr, address)}</body>\n</html>\n"
    )
    return document.encode()


def part(sheet: Sheet, qr: str, address: str) -> str:
    """Return the sheet as a part of a page, without landmarks of its own."""
    return _content(sheet, "h3", "div", "div", qr, address)


def _content(sheet: Sheet, head: str, main: str, foot: str, qr: str, address: str) -> str:
    number = f'<p class="number">{escape(sheet.number)}</p>\n' if sheet.numbered else ""
    return (
        f'<p class="issuer">{escape(sheet.issuer)}</p>\n{number}'
        f"<{head}>{escape(sheet.title)}</{head}>\n{_facts(sheet.facts)}"
        f'<{main} class="text">{_text(sheet)}{_table(sheet.table)}</{main}>\n'
        f'<{foot} class="foot-of-letter">{_signature(sheet)}{_check(sheet, qr, address)}</{foot}>\n'
    )


def _facts(facts: Rows) -> str:
    rows = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in facts)
    return f"<dl>{rows}</dl>\n" if rows else ""


def _text(sheet: Sheet) -> str:
    to = f'<p class="to">{escape(sheet.addressee)}：</p>' if sheet.addressee else ""
    clauses = [f"条款：{'；'.join(sheet.clauses)}"] if sheet.clauses else []
    return to + "".join(_block(one) for one in (*sheet.body, *clauses))


def _block(one: str | Sequence[str]) -> str:
    if isinstance(one, str):
        return f"<p>{escape(one)}</p>"
    return f"<ol>{''.join(f'<li>{escape(line)}</li>' for line in one)}</ol>"


def _table(table: Rows) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(k)}</th><td>{escape(v)}</td></tr>' for k, v in table
    )
    return f"<table><tbody>{rows}</tbody></table>" if rows else ""


def _signature(sheet: Sheet) -> str:
    if not sheet.day:
        return ""
    return (
        f'<p class="signed">{escape(sheet.issuer)}（盖章）</p>'
        f'<p class="signed">{escape(sheet.day)}</p>'
    )


def _check(sheet: Sheet, qr: str, address: str) -> str:
    if not sheet.code:
        return ""
    where = f"{escape(address)}，" if address else "文书核验页面，"
    return (
        f'<div class="check">{qr}<p>核验：{where}'
        f"{'文号' if sheet.numbered else '办件编号'} {escape(sheet.number)}，"
        f"核验码 <strong>{escape(sheet.code)}</strong></p></div>"
    )
