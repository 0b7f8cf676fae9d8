"""Starting a plain process: its start event may draw a form, as tasks do."""

from domain.process.model import Definition, Field


def start_fields(definition: Definition) -> tuple[Field, ...]:
    """Return the form of the start event where a case of the diagram begins; empty: none."""
    for process in definition.processes.values():
        if process.executable:
            begins = definition.bodies[process.id].begins
            nodes = [definition.nodes[one] for one in begins]
            return next((one.fields for one in nodes if one.kind == "start"), ())
    return ()
