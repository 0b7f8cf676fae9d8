"""The form of each act: what is asked, and how the answers become the command's payload."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, get_args

from starlette.datastructures import FormData

from api.console.casefile import material_names
from api.console.pages import FieldFault
from api.console.plain_forms import COMMAND as PLAIN
from api.console.plain_forms import plain_answer
from api.console.tell_forms import Kind, heard_here, told_answer
from api.console.times import open_deadlines
from api.console.visit import Visit
from api.console.words import lines, whole
from domain.case.labels import label
from domain.case.state import Case
from domain.kernel.json import Json, JsonValue
from domain.law.book import NoRule
from domain.procedures.filing.commands import Service
from domain.procedures.filing.facts import Filing


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    code: str
    name: str
    filed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was filled in: as typed, and as a payload unless there are faults."""

    values: Mapping[str, object]
    payload: Json = field(default_factory=dict)
    faults: tuple[FieldFault, ...] = ()
    draft: str = ""  # the draft the page showed, by its digest


SERVICES: Final[tuple[str, ...]] = get_args(Service)  # the first is usual
Read = Callable[[Visit, Case, FormData], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseForm:
    """The form of one command."""

    template: str
    read: Read
    options: Callable[[Visit, Case], tuple[Option, ...]] = lambda visit, case: ()  # noqa: ARG005
    direct: bool = False  # nothing follows in law: no page in between
    reasoned: bool = False
    extends: bool = False


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _nothing(visit: Visit, case: Case, form: FormData) -> Answer:  # noqa: ARG001  – one shape
    return Answer(values={})


def _texts(names: tuple[str, ...], required: tuple[str, ...] = ()) -> Read:
    def read(visit: Visit, case: Case, form: FormData) -> Answer:  # noqa: ARG001  – one shape
        values = {name: _text(form, name) for name in names}
        faults = tuple(
            FieldFault(name, visit.texts.tr("请填写这一项。"))
            for name in required
            if not values[name]
        )
        payload = {name: value for name, value in values.items() if value}
        return Answer(values=values, payload=payload, faults=faults)

    return read


def _reasons(visit: Visit, case: Case, form: FormData) -> Answer:  # noqa: ARG001  – one shape
    tr = visit.texts.tr
    values = {name: _text(form, name) for name in ("reasons", "legal_basis")}
    faults = tuple(
        FieldFault(name, words)
        for name, words in (
            ("reasons", tr("请写明理由：不予办理必须说明理由。")),
            ("legal_basis", tr("请写明法律依据：不予办理必须说明依据。")),
        )
        if not lines(values[name])
    )
    payload: dict[str, JsonValue] = {name: [*lines(value)] for name, value in values.items()}
    return Answer(values=values, payload=payload, faults=faults)


def _supplement(visit: Visit, case: Case, form: FormData) -> Answer:
    tr = visit.texts.tr
    codes = [str(one) for one in form.getlist("missing")]
    options = {one.code: one.name for one in _material_options(visit, case)}
    codes = [one for one in codes if one in options]
    reasons = {one: _text(form, f"reason-{one}") for one in options}
    days = _text(form, "working_days")
    faults = [
        FieldFault(f"reason-{one}", tr("请写明“%(name)s”缺什么、怎样补。", name=options[one]))
        for one in codes
        if not reasons[one]
    ]
    if not codes:
        faults.insert(0, FieldFault("missing", tr("请至少勾选一项。")))
    most, given = days_of(visit, case, "filing.supplement"), whole(days) or 0
    if not 1 <= given <= most:
        faults.append(FieldFault("working_days", tr("请填写 1 至 %(n)s 的整数。", n=most)))
    service = _text(form, "service") or SERVICES[0]
    if service not in SERVICES:
        faults.append(FieldFault("service", tr("请选择送达方式。")))
    payload: dict[str, JsonValue] = {
        "service": service,
        "missing": [{"material": one, "reason": reasons[one]} for one in codes],
        "working_days": given,
    }
    values = {"missing": codes, "reasons": reasons, "working_days": days, "service": service}
    return Answer(values=values, payload=payload, faults=tuple(faults))


def days_of(visit: Visit, case: Case, key: str) -> int:
    """Return the working days of a term: the most an officer may set, or the usual ones."""
    found = visit.world.book.term(key, case.jurisdiction, visit.today, case.variant)
    return 0 if isinstance(found, NoRule) else found.amount


def _material_options(visit: Visit, case: Case) -> tuple[Option, ...]:
    filed = (
        {one.code: one.name or one.code for one in case.data.materials}
        if isinstance(case.data, Filing)
        else {}
    )
    names = material_names(visit) | filed
    return tuple(Option(code, name, code in filed) for code, name in names.items())


def _assess(visit: Visit, case: Case, form: FormData) -> Answer:  # noqa: ARG001  – one shape
    tr = visit.texts.tr
    values = {name: _text(form, name) for name in ("passed", "opinion", "experts", "on_site")}
    wanted = (
        ("passed", values["passed"] in ("yes", "no"), tr("请选择评估结论。")),
        ("opinion", bool(values["opinion"]), tr("请写明评估意见。")),
        ("experts", bool(lines(values["experts"])), tr("请填写至少一位评估专家。")),
        ("on_site", values["on_site"] in ("yes", "no"), tr("请选择是否现场评估。")),
    )
    payload: dict[str, JsonValue] = {
        "passed": values["passed"] == "yes",
        "opinion": values["opinion"],
        "experts": [*lines(values["experts"])],
        "on_site": values["on_site"] == "yes",
    }
    faults = tuple(FieldFault(name, words) for name, given, words in wanted if not given)
    return Answer(values=values, payload=payload, faults=faults)


def _approve(visit: Visit, case: Case, form: FormData) -> Answer:  # noqa: ARG001  – one shape
    reason, by = _text(form, "exception_reason"), _text(form, "approved_by")
    values = {"exception_reason": reason, "approved_by": by}
    if not (reason or by):
        return Answer(values=values)
    tr = visit.texts.tr
    faults = [
        FieldFault(name, tr("例外须同时写明理由和批准人。"))
        for name, given in values.items()
        if not given
    ]
    if by == visit.actor.person:
        faults.append(FieldFault("approved_by", tr("例外须由另一人批准。")))
    payload: Json = {"exception": {"reason": reason, "approved_by": by}}
    return Answer(values=values, payload=payload, faults=tuple(faults))


def _days(visit: Visit, case: Case, form: FormData) -> Answer:  # noqa: ARG001  – one shape
    days = _text(form, "working_days")
    given = whole(days)
    fault = FieldFault("working_days", visit.texts.tr("请填写工作日数，至少为 1。"))
    return Answer(
        values={"working_days": days},
        payload={"working_days": given} if given else {},
        faults=() if given else (fault,),
    )


def _resolve(visit: Visit, case: Case, form: FormData) -> Answer:  # noqa: ARG001  – one shape
    tr = visit.texts.tr
    values = {name: _text(form, name) for name in ("upheld", "reason")}
    faults = []
    if values["upheld"] not in ("yes", "no"):
        faults.append(FieldFault("upheld", tr("请选择异议是否成立。")))
    if not values["reason"]:
        faults.append(FieldFault("reason", tr("请填写这一项。")))
    payload: Json = {"upheld": values["upheld"] == "yes", "reason": values["reason"]}
    return Answer(values=values, payload=payload, faults=tuple(faults))


def _colleagues(visit: Visit, case: Case) -> tuple[Option, ...]:
    accounts = visit.services.people.logins(visit.tenant)
    return tuple(
        Option(one.actor.person, one.title or one.login)
        for one in accounts
        if one.actor.jurisdiction == case.jurisdiction and one.actor.role.startswith("center.")
    )


def _assign(visit: Visit, case: Case, form: FormData) -> Answer:
    person = _text(form, "to")
    known = any(one.code == person for one in _colleagues(visit, case))
    fault = FieldFault("to", visit.texts.tr("请选择一位同事。"))
    return Answer(values={"to": person}, payload={"to": person}, faults=() if known else (fault,))


def _terms(*states: str) -> Callable[[Visit, Case], tuple[Option, ...]]:
    def options(visit: Visit, case: Case) -> tuple[Option, ...]:
        return tuple(
            Option(one.key, label("key", one.key, visit.lang))
            for one in open_deadlines(case)
            if one.state in states
        )

    return options


def _on_term(*, reasoned: bool, extends: bool = False) -> Read:
    names = ("deadline", *(("reason", "cite") if reasoned else ()))

    def read(visit: Visit, case: Case, form: FormData) -> Answer:  # noqa: ARG001  – one shape
        values = {name: _text(form, name) for name in names}
        faults = [
            FieldFault(name, visit.texts.tr("请填写这一项。")) for name in names if not values[name]
        ]
        payload: dict[str, JsonValue] = {"key": values["deadline"]}
        payload |= {name: values[name] for name in names[1:]}
        if extends:
            values["amount"] = _text(form, "amount")
            if amount := whole(values["amount"]):
                payload["amount"] = amount
            else:
                faults.append(FieldFault("amount", visit.texts.tr("请填写一个整数。")))
        return Answer(values=values, payload=payload, faults=tuple(faults))

    return read


def _plain(visit: Visit, case: Case, form: FormData) -> Answer:
    found = plain_answer(visit, case, form)
    return Answer(values=found.values, payload=found.payload, faults=found.faults)


def _told(kind: Kind) -> Read:
    def read(visit: Visit, case: Case, form: FormData) -> Answer:
        found = told_answer(kind, visit, case, form)
        return Answer(values=found.values, payload=found.payload, faults=found.faults)

    return read


def _heard(kind: Kind) -> Callable[[Visit, Case], tuple[Option, ...]]:
    def options(visit: Visit, case: Case) -> tuple[Option, ...]:
        return tuple(Option(one, one) for one in heard_here(kind, visit, case))

    return options


FORMS: Final[Mapping[str, CaseForm]] = {
    "filing.accept": CaseForm(template="forms/none.html", read=_nothing),
    "filing.request_supplement": CaseForm(
        template="forms/request_supplement.html", read=_supplement, options=_material_options
    ),
    "filing.refuse_acceptance": CaseForm(template="forms/reasons.html", read=_reasons),
    "filing.assess": CaseForm(template="forms/assess.html", read=_assess),
    "filing.publish_notice": CaseForm(template="forms/working_days.html", read=_days),
    "filing.resolve_objection": CaseForm(template="forms/resolve_objection.html", read=_resolve),
    "filing.approve": CaseForm(template="forms/approve.html", read=_approve),
    "filing.decline": CaseForm(template="forms/reasons.html", read=_reasons),
    PLAIN: CaseForm(template="forms/plain.html", read=_plain),
    "process.message": CaseForm(
        template="forms/tell.html", read=_told("message"), options=_heard("message")
    ),
    "process.signal": CaseForm(
        template="forms/tell.html", read=_told("signal"), options=_heard("signal")
    ),
    "case.note": CaseForm(
        template="forms/note.html", read=_texts(("text",), ("text",)), direct=True
    ),
    "case.assign": CaseForm(
        template="forms/assign.html", read=_assign, options=_colleagues, direct=True
    ),
    "case.withdraw": CaseForm(template="forms/reason.html", read=_texts(("reason",), ("reason",))),
    "case.transfer": CaseForm(
        template="forms/transfer.html",
        read=_texts(("jurisdiction", "reason"), ("jurisdiction", "reason")),
    ),
    "deadline.suspend": CaseForm(
        template="forms/deadline.html", read=_on_term(reasoned=True), options=_terms("open"),
        reasoned=True,
    ),
    "deadline.resume": CaseForm(
        template="forms/deadline.html", read=_on_term(reasoned=False), options=_terms("suspended")
    ),
    "deadline.extend": CaseForm(
        template="forms/deadline.html", read=_on_term(reasoned=True, extends=True),
        options=_terms("open"), reasoned=True, extends=True,
    ),
}  # fmt: skip
