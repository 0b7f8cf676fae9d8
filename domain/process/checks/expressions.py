"""Expressions: every condition, cardinality and assigned value is read at load."""

from collections.abc import Iterator

from domain.process.checks.finding import Finding
from domain.process.drawing import Drawing, Element
from domain.process.feel import ExpressionError, compile_expression, is_feel

_HOLDERS = (
    "conditionExpression", "condition", "loopCondition", "loopCardinality", "completionCondition",
    "activationCondition",
)  # fmt: skip
_TYPED = frozenset((*_HOLDERS, "timeDate", "timeDuration", "timeCycle"))


def check(drawing: Drawing) -> Iterator[Finding]:
    """Yield expressions that cannot be read, in another language, or empty."""
    language = drawing.root.get("expressionLanguage")
    if language is not None and not _known(language):
        yield Finding("expression.language", drawing.root, language)
    for process in drawing.processes:
        for one in process.walk():
            if one.space == "bpmn" and one.tag in _TYPED:
                yield from _expression(one)
            elif one.space == "own" and one.tag == "assign":
                yield from _assign(one)
            elif one.tag == "standardLoopCharacteristics" and one.get("loopMaximum"):
                yield from _text(one, one.get("loopMaximum") or "")


def _known(language: str) -> bool:
    """XPath is what the schema names when the file names nothing; nothing is written in it."""
    return is_feel(language) or language == "http://www.w3.org/1999/XPath"


def _expression(element: Element) -> Iterator[Finding]:
    language = element.get("language")
    if language is not None and not is_feel(language):
        yield Finding("expression.language", element, language)
    elif element.tag in _HOLDERS:
        if element.text.strip():
            yield from _text(element, element.text.strip())
        elif element.tag in ("conditionExpression", "condition"):
            yield Finding("condition.empty", element)


def _assign(element: Element) -> Iterator[Finding]:
    if not (element.get("target") or "").strip():
        yield Finding("expression.syntax", element, "assign without target")
    yield from _text(element, element.get("value") or "")


def _text(element: Element, text: str) -> Iterator[Finding]:
    try:
        compile_expression(text)
    except ExpressionError as error:
        yield Finding(error.rule, element, f"{text[:80]}: {error}")
