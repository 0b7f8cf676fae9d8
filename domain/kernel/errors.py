"""The two error trees.

Refusal                 the law or the process says no: a returned value with code and citation
└── one class per code  (`case.wrong_stage`, `filing.reasons_required`, …), beside its procedure
Defect                  we are wrong: raised, never hidden, alarms
├── LawGapError         the law book has no answer for a loaded diagram or an open case
├── StreamBrokenError   a stream, chain or fold does not hold together
├── UnknownNameError    an event, command, procedure or definition nobody registered
└── EngineError         the token game met what the load check should have refused
"""

from dataclasses import dataclass, fields
from typing import ClassVar, Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The law or the process says no. Returned, never raised.

    Subclasses set `code` (stable, explicit), `zh` and `en` (sentences with `{field}` places that
    say what is wrong and what to do), `recorded` when VOCABULARY §1 wants an event of it,
    `payload_alone` when no payload like this can ever do, whatever the case, and `forbidden` when
    it is the caller who may not.
    """

    code: ClassVar[str]
    zh: ClassVar[str]
    en: ClassVar[str]
    recorded: ClassVar[bool] = False
    payload_alone: ClassVar[bool] = False
    forbidden: ClassVar[bool] = False

    citation: str | None = None

    def text(self, language: Language) -> str:
        """Return the sentence for people, with the evidence filled in."""
        return (self.zh if language == "zh" else self.en).format(**self.evidence())

    def evidence(self) -> dict[str, object]:
        """Return the fields of this refusal: what the decision saw, with the citation."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def recorded_codes() -> frozenset[str]:
    """Return the codes of the refusals that leave an event, of all that are loaded."""
    found, kinds = set(), [Refusal]
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind.recorded:
            found.add(kind.code)
    return frozenset(found)


class Defect(Exception):  # noqa: N818  – the house word for "we are wrong"; its kinds end in Error
    """We are wrong. Raised; the transaction is undone, the command waits for the repair."""

    code: ClassVar[str] = "defect"


class LawGapError(Defect):
    """The law book has no answer where a diagram or an open case needs one."""

    code: ClassVar[str] = "defect.law_gap"

    def __init__(self, message: str, refusal: "Refusal | None" = None) -> None:
        """Keep beside `message` what a person is told whose own diagram asks in vain."""
        super().__init__(message)
        self.refusal = refusal


class StreamBrokenError(Defect):
    """A stream, chain or fold does not hold together."""

    code: ClassVar[str] = "defect.stream_broken"


class UnknownNameError(Defect):
    """An event, command, procedure or definition that nobody registered."""

    code: ClassVar[str] = "defect.unknown_name"


class EngineError(Defect):
    """The token game met what the load check should have refused."""

    code: ClassVar[str] = "defect.engine"
