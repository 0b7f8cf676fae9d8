"""Starting a plain process: its start event may draw a form, as tasks do."""

from domain.procedures.process.deploying import main_process
from domain.process.model import Definition, Field


def start_fields(definition: Definition) -> tuple[Field, ...]:
    """Return the form of the start event where a case of the diagram begins; empty: none."""
    process = main_process(definition)
    begins = definition.bodies[process.id].begins if process is not None else ()
    nodes = (definition.nodes[one] for one in begins)
    return next((one.fields for one in nodes if one.kind == "start"), ())
