"""What the papers of a case say: the same events, the same sheet. How they look is the press's."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from domain.case.access import of_applicant
from domain.case.actor import Actor
from domain.case.envelope import Recorded
from domain.case.events import CaseOpened, DeadlineOpened, NoticeIssued
from domain.case.labels import label
from domain.case.paper_code import paper_code
from domain.case.procedure import Told
from domain.case.serving import SERVICE
from domain.case.sheet import Rows, Sheet, day_words
from domain.case.state import Attempt, Case, Notice
from domain.kernel.errors import StreamBrokenError
from domain.kernel.events import decode
from domain.kernel.json import JsonValue
from domain.kernel.times import CST, legal_day
from domain.law import jurisdiction as tree
from domain.law.citation import LOCAL_PRACTICE
from domain.procedures.table import procedure

RECEIPT = "receipt"  # what the code of a case's receipt follows from


def letter(case: Case, act: Sequence[Recorded], notice: str) -> Sheet:
    """Return the letter `notice` of a case as it was after the act that sent it.

    `act` holds the events recorded together with `notice.issued`. Of a letter in the place of one
    that is void it begins with the events of the act that sent that one: both tell of the same act.

    Raises:
        StreamBrokenError: the act sent no such letter.
    """
    act = [one for one in act if not _of_service(one)]
    events = [decode(one.type, one.schema, one.data) for one in act]
    for one, event in zip(act, events, strict=True):
        if isinstance(event, NoticeIssued) and event.notice == notice:
            told = procedure(case.procedure).told
            return Sheet(
                issuer=issuer(case, one.meta.actor, _place(case, notice)),
                title=label("notice", event.kind, "zh"),
                number=event.number,
                facts=(*_facts(case), *procedure(case.procedure).about(case.data)),
                addressee=case.applicant.name,
                body=[*_body(events, event, told)],
                clauses=_clauses(act),
                day=day_words(legal_day(one.meta.effective_at)),
                code=paper_code(case.id, notice, event.number),
            )
    raise StreamBrokenError("the act sent no such letter")


def _of_service(one: Recorded) -> bool:
    """Whether an event is of the office's own term for letters under way: no letter tells of it."""
    return one.type.startswith("deadline.") and one.data.get("key") == SERVICE


def _body(events: Sequence[object], issued: NoticeIssued, told: Callable[[object], Told]) -> Told:
    lines = [line for each in events for line in (*told(each), *_term(each))]
    sent = (one for one in events if isinstance(one, NoticeIssued))
    void = next((one.number for one in sent if one.notice == issued.replaces), "")
    return (*lines, f"本通知代替{void}文书；该文书已作废，以本通知为准。") if void else lines


def receipt(case: Case, act: Sequence[Recorded]) -> Sheet:
    """Return the receipt (收件凭证) of a case; `act` holds the events that opened it.

    Raises:
        StreamBrokenError: there are none.
    """
    if not act:
        raise StreamBrokenError("a case without events has no receipt")
    received = act[0].meta.received_at
    events = [decode(one.type, one.schema, one.data) for one in act]
    own, told = procedure(case.procedure).events, zip(act, events, strict=True)
    files = tuple(said for one, event in told if type(event) in own for said in _files(one.data))
    terms = [line for event in events for line in _term(event)]
    place = next((one.jurisdiction for one in events if isinstance(one, CaseOpened)), "")
    return Sheet(
        issuer=issuer(case, place=place),
        title="收件凭证",
        number=case.number,
        numbered=False,
        facts=_facts(case),
        addressee=case.applicant.name,
        body=[
            f"你单位提交的申请已于{minute_words(received)}（北京时间）收到。",
            "本凭证只证明收到申请，收件不等于受理。",
            *(("收到的材料（名称和 SHA-256）：", files) if files else ()),
            *terms,
            "请保存本凭证；查询办理情况时，请说明办件编号。",
        ],
        clauses=_clauses(act),
        day=day_words(legal_day(received)),
        code=paper_code(case.id, RECEIPT, case.number),
    )


def _clauses(act: Sequence[Recorded]) -> tuple[str, ...]:
    """Return the clauses of an act in Chinese; what no text says is named as local practice."""
    cites = (one.meta.cite.replace(LOCAL_PRACTICE, "本地惯例") for one in act)
    return tuple(dict.fromkeys(one for one in cites if one))


def record_of_service(case: Case, notice: Notice) -> Sheet:
    """Return the record of service (送达回证) of a letter: what is known, and room for the rest."""
    title = label("notice", notice.kind, "zh")
    served, electronic = notice.served_at, _electronic(notice)
    office = issuer(case, place=notice.office)
    table = (
        ("送达文书", f"{title}　{notice.number}"),
        ("受送达人", f"{case.applicant.name}　{case.applicant.organisation}"),
        ("送达方式", label("method", notice.method, "zh") if served else ""),
        ("送达时间", minute_words(served) if served else ""),
        ("送达地点", "本系统" if electronic else ""),
        ("送达凭证", _proof(notice) or ("本系统记录" if electronic else "")),
        ("未成送达", "；".join(map(_attempt, notice.attempts)) or "无"),
        *_void(notice),
        ("收件人签名及与受送达人关系", "电子送达，无须签名" if electronic else ""),
        ("送达人", office if electronic else ""),
        ("见证人", "无" if electronic else ""),
    )
    room = "" if notice.voided_at is None else "—"  # nobody is served with it any more
    return Sheet(
        issuer=office,
        title="送达回证",
        number=notice.number,
        numbered=False,
        facts=(("办件编号", case.number), ("文号", notice.number)),
        table=tuple((name, said or room) for name, said in table),
    )


def issuer(case: Case, actor: Actor | None = None, place: str = "") -> str:
    """Return the authority that speaks: the official's own, else that of `place`, else the case's.

    A case goes on to another office, or concerns several; a letter stays its own office's.
    """
    ours = actor is not None and actor.name and actor.role != "public" and not of_applicant(actor)
    if actor is not None and ours:
        return actor.name
    place = place or case.jurisdiction
    if place == tree.COUNTRY:
        return label("role", "ministry.center", "zh")
    return f"{tree.name(place) or place}鉴定中心"


def _place(case: Case, notice: str) -> str:
    return next((one.office for one in case.notices if one.id == notice), "")


def minute_words(instant: datetime) -> str:
    """Return an instant as letters write it, in China's time."""
    return f"{day_words(legal_day(instant))}{instant.astimezone(CST):%H:%M}"


def _proof(notice: Notice) -> str:
    file = f"文件 {notice.proof_digest}" if notice.proof_digest else ""
    return "；".join(one for one in (notice.proof, file) if one)


def _void(notice: Notice) -> Rows:
    if notice.voided_at is None:
        return ()
    return (("作废", f"{minute_words(notice.voided_at)}作废：{notice.void_reason}"),)


def _electronic(notice: Notice) -> bool:
    return notice.served_at is not None and notice.method == "electronic"


def _facts(case: Case) -> Rows:
    matter = label("procedure", case.procedure, "zh")
    return (
        ("办件编号", case.number),
        ("事项", f"{matter}（{label('variant', case.variant, 'zh')}）"),
        ("当事人", case.applicant.name),
        ("统一社会信用代码", case.applicant.organisation),
    )


def _term(event: object) -> Told:
    if not isinstance(event, DeadlineOpened):
        return ()
    last = f"{day_words(event.due)}（含当日）"
    if event.holder == "applicant":
        return (f"请于{last}以前办理；逾期未办理的，依照所列条款处理。",)
    if event.holder == "authority":
        return (f"下一步由本机关办理，{label('key', event.key, 'zh')}至{last}。",)
    return ()


def _files(data: JsonValue, name: str = "") -> Iterator[str]:
    """Yield the files an event speaks of, each with its digest, under the name nearest to it."""
    if isinstance(data, Mapping):
        own = data.get("name") or label("material", str(data.get("code") or name), "zh")
        for field, held in data.items():
            yield from _files(held, str(own) if field == "digest" else label("field", field, "zh"))
    elif isinstance(data, list | tuple):
        for one in data:
            yield from _files(one, name)
    elif isinstance(data, str) and data.startswith("sha256:"):
        yield f"{name}：{data}"


def _attempt(one: Attempt) -> str:
    return f"{minute_words(one.at)}{label('method', one.method, 'zh')}：{one.reason}"
