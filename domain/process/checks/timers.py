"""Timers: exactly one of date, duration and cycle, and its value can be read."""

from collections.abc import Iterator

from domain.process.assemble import TIMES, timer_of
from domain.process.checks.finding import Finding
from domain.process.drawing import Drawing


def check(drawing: Drawing) -> Iterator[Finding]:
    """Yield timer events that do not say when."""
    tags = [tag for tag, _ in TIMES]
    for node in drawing.nodes:
        for one in drawing.events(node):
            if one.tag != "timerEventDefinition":
                continue
            if len(one.all(*tags)) != 1:
                yield Finding("timer.one", node)
                continue
            try:
                timer_of(one)
            except ValueError as error:
                yield Finding("timer.value", node, str(error))
