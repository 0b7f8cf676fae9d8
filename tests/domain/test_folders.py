"""Every procedure of the table is whole: what its folder must bring, it brings, in two languages.

A new folder is covered as soon as it stands in the table. Which stages and letters there are is
read from its source: `("received", "examine")` beside `standing`, `Letter(kind="…")` anywhere.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import fields
from inspect import getsource
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from domain.case.acts import COMMANDS as GENERAL
from domain.case.commands import parse
from domain.case.examples import EXAMPLES
from domain.case.labels import word
from domain.case.procedure import CommandSpec, Procedure
from domain.case.state import Status
from domain.kernel.errors import Language, Refusal
from domain.kernel.events import encode
from domain.procedures.table import PROCEDURES
from domain.process.model import Definition, Node
from infra.definitions import load_definitions
from tests.domain.samples import choices, records, samples

LANGUAGES: tuple[Language, ...] = get_args(Language)
every_procedure = pytest.mark.parametrize("its", PROCEDURES.values(), ids=PROCEDURES)
every_command = pytest.mark.parametrize(
    "spec",
    [*GENERAL, *(one for its in PROCEDURES.values() for one in its.commands)],
    ids=lambda one: one.name,
)


def has_words(kind: str, *codes: str) -> None:
    """Fail unless each code has its words, Chinese ones and English ones."""
    for code in codes:
        zh, en = (word(kind, code, language) for language in LANGUAGES)
        assert zh, f"no words for {kind} {code}"
        assert en, f"no English for {kind} {code}"
        assert not zh.isascii(), f"{kind} {code} is not in Chinese: {zh}"


def nodes(its: Procedure) -> Iterator[Node]:
    """Yield every element of every diagram of a procedure."""
    for variant in its.variants:
        found: Definition | None = load_definitions().current(its.name, variant)
        assert found is not None, variant
        yield from found.nodes.values()


def package(its: Procedure) -> str:
    """Return the package of a procedure: where the class of its data lies."""
    return its.data.__module__.rpartition(".")[0]


def functions(its: Procedure) -> Iterator[ast.FunctionDef]:
    """Yield the source of every function in a procedure's folder."""
    where = sys.modules[package(its)].__file__
    assert where is not None
    for file in sorted(Path(where).parent.glob("*.py")):
        for one in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(one, ast.FunctionDef):
                yield one


def stages(its: Procedure) -> set[str]:
    """Return the stages a procedure can come to."""
    found, fold = set(its.stages.values()), sys.modules[its.standing.__module__]
    for one in ast.walk(ast.parse(getsource(fold))):
        match one:
            case ast.Tuple(elts=[ast.Constant(value=str(status)), ast.Constant(value=str(stage))]):
                found |= {stage} if status in get_args(Status) else set()
            case _:
                pass
    return found - {""}


def letters(of: ast.AST) -> set[str]:
    """Return the kinds of letters that a piece of source sends."""
    found: set[str] = set()
    for one in ast.walk(of):
        if isinstance(one, ast.Call) and called(one) == "Letter":
            kinds = [said.value for said in one.keywords if said.arg == "kind"]
            texts = [text for kind in kinds for text in ast.walk(kind)]
            found |= {str(text.value) for text in texts if isinstance(text, ast.Constant)}
    return found


def called(call: ast.Call) -> str:
    """Return the last name of what is called."""
    by = call.func
    return by.attr if isinstance(by, ast.Attribute) else getattr(by, "id", "")


def inner(payload: type[Any], path: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the path of every field of a payload, nested ones too, with its choices."""
    kinds = get_type_hints(payload, include_extras=True)
    for one in fields(payload):
        here = f"{path}.{one.name}"
        yield here, choices(kinds[one.name])
        for record in records(kinds[one.name]):
            yield from inner(record, here)


def test_no_two_procedures_share_a_name_people_or_machines_rely_on() -> None:
    commands = [one.name for its in PROCEDURES.values() for one in its.commands]
    for names in (
        [its.mark for its in PROCEDURES.values()],
        [its.workflow for its in PROCEDURES.values()],
        [*commands, *(one.name for one in GENERAL)],
    ):
        assert len(set(names)) == len(names)


@every_procedure
def test_its_commands_say_whose_they_are_and_one_opens_a_case(its: Procedure) -> None:
    assert {one.procedure for one in its.commands} == {its.name}
    assert sum(one.opens for one in its.commands) == 1


@every_procedure
def test_procedure_variants_and_commands_are_called_something(its: Procedure) -> None:
    has_words("procedure", its.name)
    has_words("variant", *its.variants)
    has_words("command", *(one.name for one in its.commands))


@every_procedure
def test_everything_that_happens_is_called_something(its: Procedure) -> None:
    for kind in its.events:
        for one in samples(kind):
            type_, _, data = encode(one)
            has_words("event", type_)
            if detail := its.details.get(type_):
                assert all(detail(data, language) for language in LANGUAGES), type_
    assert its.details.keys() <= {encode(samples(kind)[0])[0] for kind in its.events}


@every_procedure
def test_every_stage_is_called_something(its: Procedure) -> None:
    assert stages(its)
    has_words("stage", *stages(its))


@every_procedure
def test_every_task_and_term_of_the_diagrams_is_called_something(its: Procedure) -> None:
    for node in nodes(its):
        if node.task.form:
            has_words("task", node.task.form)
            has_words("duty", node.task.form)
        timer = node.event.timer
        if timer is not None and timer.kind == "law":
            has_words("key", timer.text.removeprefix("law:"))
        if node.deadline:
            has_words("key", node.deadline)


@every_procedure
def test_every_letter_is_called_something_and_says_something(its: Procedure) -> None:
    own = {kind.__name__: kind for kind in its.events}
    sent: dict[str, bool] = {}
    for one in functions(its):
        calls = [call.func for call in ast.walk(one) if isinstance(call, ast.Call)]
        names = {f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "") for f in calls}
        says = any(its.told(event) for name in names & own.keys() for event in samples(own[name]))
        for kind in letters(one):
            sent[kind] = sent.get(kind, False) or says
    has_words("notice", *sent)
    assert its.sends or not sent
    assert [kind for kind, says in sent.items() if not says] == []
    assert its.sends <= {one.name for one in its.commands}


@every_procedure
def test_every_refusal_has_title_remedy_and_a_sentence(its: Procedure) -> None:
    assert len({one.code for one in its.refusals}) == len(its.refusals)
    for kind in its.refusals:
        has_words("refusal", kind.code)
        has_words("remedy", kind.code)
        for one in samples(kind):
            zh, en = (one.text(language) for language in LANGUAGES)
            assert zh.strip(), kind.code
            assert en.strip(), kind.code
            assert not zh.isascii(), kind.code
        assert not (kind.payload_alone and kind.forbidden), kind.code


@every_procedure
def test_every_refusal_of_the_folder_is_among_those_the_procedure_names(its: Procedure) -> None:
    found = {one for one in _below(Refusal) if one.__module__.startswith(f"{package(its)}.")}
    assert {one.code for one in found} <= {one.code for one in its.refusals}


@every_command
def test_every_field_and_choice_of_a_payload_is_called_something(spec: CommandSpec) -> None:
    for path, codes in inner(spec.payload, spec.name):
        has_words("field", path)
        has_words("choice", *(f"{path}.{code}" for code in codes))


@every_command
def test_every_command_has_an_example_that_can_be_read(spec: CommandSpec) -> None:
    examples = PROCEDURES[spec.procedure].examples if spec.procedure else EXAMPLES
    assert spec.name in examples
    read = parse(spec.name, examples[spec.name])
    assert isinstance(read, spec.payload), read


@every_procedure
def test_examples_are_of_commands_there_are(its: Procedure) -> None:
    assert set(its.examples) == {one.name for one in its.commands}


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for one in kind.__subclasses__():
        if hasattr(one, "code"):
            yield one
        yield from _below(one)
