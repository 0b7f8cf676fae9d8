"""What can be started here: procedures, their variants, diagrams and commands."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Path

from api.asked import Asked, ToRead
from api.described import examples, problems
from api.examples import PROCEDURE
from api.paths import LONGEST_ID
from api.problems import ProblemError
from api.schemas.case import DefinitionRef
from api.schemas.procedure import CommandInfo, ProcedureInfo, ProcedurePage, VariantInfo
from api.showing.cases import definition_ref, schema_path
from domain.case.commands import commands_of, procedures
from domain.case.labels import label
from domain.case.procedure import Procedure
from domain.registers.processes import version_of

router = APIRouter(tags=["meta"])


@router.get("/procedures", operation_id="listProcedures")
def list_procedures(asked: ToRead) -> ProcedurePage:
    """Answer the procedures with at least one diagram deployed."""
    shown = [_info(one, asked) for one in procedures()]
    return ProcedurePage(items=[one for one in shown if one.variants], next_cursor=None)


@router.get(
    "/procedures/{procedure}",
    operation_id="readProcedure",
    responses=problems("procedure.unknown"),
)
def read_procedure(
    asked: ToRead,
    procedure: Annotated[str, Path(max_length=LONGEST_ID, openapi_examples=examples(PROCEDURE))],
) -> ProcedureInfo:
    """Answer a procedure: variants, commands with their schemas, roles."""
    found = next((one for one in procedures() if one.name == procedure), None)
    if found is None:
        raise ProblemError("procedure.unknown")
    return _info(found, asked)


def _info(procedure: Procedure, asked: Asked) -> ProcedureInfo:
    return ProcedureInfo(
        procedure=procedure.name,
        label=procedure.zh if asked.language == "zh" else procedure.en,
        variants=list(_variants(procedure, asked)),
        commands=[
            CommandInfo(
                name=one.name,
                label=one.label(asked.language),
                roles=list(one.roles),
                opens=one.opens,
                if_match=one.if_match,
                json_schema=schema_path(one.name),
            )
            for one in commands_of(procedure.name)
            if one.roles != ("system",)
        ],
    )


def _variants(procedure: Procedure, asked: Asked) -> Iterator[VariantInfo]:
    if procedure.plain is not None:
        yield from _deployed(asked)
    for variant in procedure.variants:
        definition = asked.found.definitions.current(procedure.name, variant)
        if definition is not None:
            yield VariantInfo(
                variant=variant,
                label=label("variant", variant, asked.language),
                definition=definition_ref(definition),
            )


def _deployed(asked: Asked) -> Iterator[VariantInfo]:
    """Yield the processes people have deployed, each in its newest version."""
    all_ = asked.found.deployments.all(asked.tenant)
    for one in all_:
        if version_of(all_, one.process, None) == one:
            ref = DefinitionRef(hash=one.definition, name=one.name)
            yield VariantInfo(variant=one.process, label=one.name, definition=ref)
