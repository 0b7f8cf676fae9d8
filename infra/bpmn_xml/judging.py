"""From the bytes of a file to a verdict, and to the definition a case runs on."""

from domain.process.checking import HasTerm, Verdict, check
from domain.process.rules import Level
from infra.bpmn_xml.reader import read
from infra.bpmn_xml.schema import unmet


def judge(
    data: bytes, file: str, level: Level = "played", has_term: HasTerm | None = None
) -> Verdict:
    """Return the verdict on a file; its definition when nothing speaks against `level`.

    `file` is only a name for messages. `has_term` says whether the law book knows a key; without it
    `law:` timers are believed.
    """
    reading = read(data, file)
    if reading.drawing is None or reading.tree is None:
        return Verdict(reading.faults)
    return check(reading.drawing, level, schema=unmet(reading.tree), has_term=has_term)
