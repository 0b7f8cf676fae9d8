"""The form of every command of every procedure, made from its payload."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_type_hints

import pytest
from httpx2 import Response

from api.console.case_forms import FORMS
from api.console.forms.naming import Naming
from api.console.forms.shapes import Shape, shapes_of
from api.console.openings import startable
from api.examples import PROCESS, PROCESS_FILE
from domain.case.actor import SYSTEM, Actor
from domain.case.commands import SPECS
from domain.case.procedure import CommandSpec, Procedure
from domain.procedures.table import PROCEDURES
from domain.registers.processes import Deployed
from infra.sandbox_people import SEEDED
from tests.console.browsing import PDF, Visitor, apply, hidden, words
from tests.console.office import TENANT, Office
from tests.console.reading import Asked, asked

GIVEN = [one for one in SPECS.values() if SYSTEM.role not in one.roles]
IN_A_CASE = [one for one in GIVEN if not one.opens]
OPENING = list(
    {
        (login, one.spec, one.variant): None
        for login, actor in SEEDED.items()
        for one in startable(actor)
        if login in ("operator", "reviewer", "province-reviewer")
    }
)


def _insists(shape: Shape) -> bool:
    """Whether leaving everything empty is a fault: a record insists through its parts."""
    if shape.kind == "record":
        return shape.required and any(map(_insists, shape.parts))
    return shape.required


ASKING = [
    one for one in IN_A_CASE if one.name not in FORMS and any(map(_insists, shapes_of(one.payload)))
]
LANGUAGES = ("zh", "en")


def _every(shapes: tuple[Shape, ...]) -> Iterator[Shape]:
    for one in shapes:
        yield one
        yield from _every(one.parts)


@pytest.mark.parametrize("spec", GIVEN, ids=lambda one: one.name)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_and_choice_of_every_command_has_a_name(spec: CommandSpec, lang: str) -> None:
    naming = Naming(spec.name, "zh" if lang == "zh" else "en")
    every = list(_every(shapes_of(spec.payload)))
    nameless = [".".join(one.path) for one in every if not naming.known(one)]
    choices = [one for one in every if one.kind == "choice" or (one.kind == "picks" and one.codes)]
    assert nameless == []
    assert [".".join(one.path) for one in choices if not naming.offered(one)] == []


@pytest.mark.parametrize("spec", GIVEN, ids=lambda one: one.name)
def test_every_field_of_every_payload_is_asked(spec: CommandSpec) -> None:
    drawn = {"data", "variables"} if spec.procedure == "process" else set()  # asked by the diagram
    asked_for = [one for one in get_type_hints(spec.payload) if one not in drawn]
    assert [one.name for one in shapes_of(spec.payload)] == asked_for


def _case_of(office: Office, procedure: str) -> str:
    """Return the number of a case of a procedure: one that is over, so that no act goes through."""
    number = apply(office)
    its = PROCEDURES.get(procedure)
    if its is None or procedure == "filing":
        return number
    definition = _diagram(office, its)
    tables = office.store.tables
    filing = office.case()
    tables.cases[filing.id] = replace(
        filing, procedure=procedure, variant=next(iter(its.variants), PROCESS),
        data=its.blank, tasks=(),
        deadlines=(), definition=definition, status="closed", ended_at=filing.opened_at,
    )  # fmt: skip
    return number


def _diagram(office: Office, its: Procedure) -> str:
    """Return the hash of a diagram of a procedure: shipped, or deployed here."""
    if its.plain is not None:
        source, deployments = str(PROCESS_FILE["source"]).encode(), office.services.deployments
        deployed = deployments.deploy(TENANT, "greeting.bpmn", source, Actor(role="operator"))
        assert isinstance(deployed, Deployed)
        return deployed.definition
    definition = office.services.definitions.current(its.name, its.variants[0])
    assert definition is not None
    return definition.hash


def _path(number: str, spec: CommandSpec) -> str:
    return f"/cases/{number}/acts/{spec.name}"


@pytest.mark.parametrize("spec", IN_A_CASE, ids=lambda one: one.name)
def test_the_form_of_every_command_is_labelled_in_both_languages(
    office: Office, spec: CommandSpec
) -> None:
    clerk, number = Visitor(office, "clerk"), _case_of(office, spec.procedure)
    for lang in LANGUAGES:
        clerk.see(f"/language/{lang}?to=%2F")
        page = clerk.see(_path(number, spec))
        assert page.status_code == 200
        _labelled(asked(page))


@pytest.mark.parametrize(
    ("login", "spec", "variant"), OPENING, ids=lambda one: getattr(one, "name", one)
)
def test_every_opening_has_a_form(
    office: Office, login: str, spec: CommandSpec, variant: str
) -> None:
    who = Visitor(office, login)
    for lang in LANGUAGES:
        who.see(f"/language/{lang}?to=%2F")
        page = who.see(f"/start/{spec.procedure}/{variant}?do={spec.name}")
        assert page.status_code == 200
        _labelled(asked(page))


def _labelled(its: Asked) -> None:
    assert set(its.ids) - {"q"} <= its.labels
    assert its.unnamed == []
    assert len(its.all_ids) == len(set(its.all_ids))


@pytest.mark.parametrize(
    ("login", "spec", "variant"), OPENING, ids=lambda one: getattr(one, "name", one)
)
def test_an_empty_opening_says_at_each_field_what_is_wrong(
    office: Office, login: str, spec: CommandSpec, variant: str
) -> None:
    who, path = Visitor(office, login), f"/start/{spec.procedure}/{variant}?do={spec.name}"
    page = who.send(path, **_empty(hidden(who.see(path))), step="preview")
    _told(page)


@pytest.mark.parametrize("spec", ASKING, ids=lambda one: one.name)
def test_an_empty_form_says_at_each_field_what_is_wrong(office: Office, spec: CommandSpec) -> None:
    clerk, number = Visitor(office, "clerk"), _case_of(office, spec.procedure)
    fields = _empty(hidden(clerk.see(_path(number, spec))))
    _told(clerk.send(_path(number, spec), **fields, step="preview"))


def _empty(fields: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if name in ("key", "version")}


def _told(page: Response) -> None:
    its = asked(page)
    assert page.status_code == 422
    assert "<title>错误：" in page.text
    assert its.faults <= set(its.all_ids)
    assert its.faults - {"main"}  # where every page can be skipped to


START = "/start/filing/hunan"
SCHOOL = {
    "institution-name": "长沙甲培训学校",
    "institution-uscc": "524300007QN1NLFJTT",
    "institution-type": "school",
    "institution-serves": "own",
    "scope-count": "3",
    "scope-1-occupation_code": "６-18-01-01",
    "scope-1-occupation": "车工",
    "scope-1-level": "4",
    "computerised": "yes",
    "commitment-signed_by": "p-principal",
    "commitment-signed_at": "2026-09-21",
    "materials-count": "1",
    "materials-0-code": "application",
}


def test_rows_are_added_and_kept_without_scripts(office: Office) -> None:
    school = Visitor(office, "operator")
    page = school.send(START, **SCHOOL, step="rows scope")
    assert page.status_code == 200
    assert 'name="scope-0-occupation" type="text" value="车工"' in page.text
    assert 'name="scope-count" value="4"' in page.text
    assert "请先改正" not in words(page)


def test_a_filled_form_is_shown_before_it_is_signed_and_opens_one_case(office: Office) -> None:
    school = Visitor(office, "operator")
    key = hidden(school.see(START))["key"]
    fields = {**SCHOOL, "key": key, "step": "preview"}
    preview = school.upload(START, {"materials-0-digest-file": PDF}, **fields)
    assert preview.status_code == 200
    assert "6-18-01-01 车工" in words(preview)
    assert "sha256:" in words(preview)
    again = school.send(START, **hidden(preview), step="edit")
    assert 'value="车工"' in again.text
    assert "申请表.pdf" in again.text
    receipt = school.send(START, **hidden(preview), step="sign")
    school.send(START, **hidden(preview), step="sign")
    number = office.case().number
    assert receipt.url.path == f"/my/cases/{number}/receipt"
    assert number in words(receipt)
    assert office.case().data.scope[0].occupation_code == "6-18-01-01"  # type: ignore[attr-defined]


def test_a_fault_in_a_row_is_told_at_its_field_and_at_the_top(office: Office) -> None:
    school = Visitor(office, "operator")
    page = school.send(START, **{**SCHOOL, "scope-1-level": "9", "institution-uscc": ""})
    assert page.status_code == 422
    said = words(page)
    assert said.count("第 1 行：“最高等级”须为 1 至 5。") == 2
    assert said.count("请填写“统一社会信用代码”。") == 2
    assert asked(page).faults >= {"scope-0-level", "institution-uscc"}
    assert 'value="车工"' in page.text


def _list(rows: int) -> str:
    lines = [f"6-18-01-01\t车工\t工种{n}\t四级（中级工）" for n in range(rows)]
    return "\n".join(["职业编码\t职业名称\t工种\t最高等级", *lines])


def test_pasted_rows_stand_beside_those_typed(office: Office) -> None:
    school = Visitor(office, "operator")
    page = school.send(START, **{**SCHOOL, "scope-text": _list(2)}, step="rows scope")
    assert 'name="scope-2-job" type="text" value="工种1"' in page.text
    assert 'name="scope-count" value="6"' in page.text


def test_a_long_list_is_text_and_its_faults_name_the_row(office: Office) -> None:
    school = Visitor(office, "operator")
    text = _list(2000).replace("工种7\t四级（中级工）", "工种7\t没有这一级")
    fields = {**SCHOOL, "scope-count": "0", "scope-text": text, "materials-count": "0"}
    page = school.send(START, **fields)
    assert page.status_code == 422
    assert "第 8 行：“最高等级”须为整数。" in words(page)
    assert "共 2000 行" in words(page)
    assert "工种1999" in page.text
    assert asked(page).faults == {"main", "scope"}


def test_a_list_comes_as_a_file_in_the_encoding_of_a_spreadsheet(office: Office) -> None:
    school = Visitor(office, "operator")
    content = _list(2).replace("\t", ",").encode("gb18030")
    files = {"scope-list": ("名单.csv", content, "text/csv")}
    page = school.upload(START, files, **SCHOOL, step="rows scope")
    assert 'name="scope-2-job" type="text" value="工种1"' in page.text


def test_a_list_that_is_no_text_is_refused_in_words(office: Office) -> None:
    school = Visitor(office, "operator")
    files = {"scope-list": ("名单.xlsx", b"PK\x03\x04\x00\x00", "application/zip")}
    page = school.upload(START, files, **SCHOOL, step="rows scope")
    assert page.status_code == 422
    assert "不是文本表格" in words(page)


def test_a_list_with_a_quotation_mark_left_open_is_told_in_words(office: Office) -> None:
    school = Visitor(office, "operator")
    fields = {**SCHOOL, "scope-text": '6-18-01-01,"车工\n' + _list(2)}
    page = school.send(START, **fields, step="rows scope")
    assert page.status_code == 422
    assert "请检查引号是否成对" in words(page)
    assert "6-18-01-01,&#34;车工" in page.text


def test_a_row_with_too_many_columns_is_told_and_kept(office: Office) -> None:
    school = Visitor(office, "operator")
    fields = {**SCHOOL, "scope-text": "6-18-01-01,车工,数控车工,4,,多余"}
    page = school.send(START, **fields, step="rows scope")
    assert "第 2 行有 6 列，应为 5 列。" in words(page)
    assert 'value="数控车工"' in page.text


def test_who_may_start_nothing_is_told_so_and_finds_no_form(office: Office) -> None:
    clerk = Visitor(office, "clerk")
    assert clerk.see(START).status_code == 403
    assert clerk.see("/start").status_code == 200
    assert "提交备案申请" in words(Visitor(office, "operator").see("/start"))


def test_a_command_of_another_procedure_or_of_the_system_has_no_page(office: Office) -> None:
    clerk, number = Visitor(office, "clerk"), apply(office)
    for name in ("deadline.redate", "filing.submit", "nothing.at_all"):
        assert clerk.see(f"/cases/{number}/acts/{name}").status_code == 404


def test_forms_made_by_hand_are_of_commands_there_are() -> None:
    assert set(FORMS) <= set(SPECS)
