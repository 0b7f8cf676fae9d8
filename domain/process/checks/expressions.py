"""Expressions: every condition, cardinality and assigned value is read at load."""

from collections.abc import Iterator

from domain.process.checks.finding import Finding
from domain.process.drawing import Drawing, Element
from domain.process.feel import ExpressionError, compile_expression, is_feel

_HOLDERS = (
    "conditionExpression", "condition", "loopCondition", "loopCardinality", "completionCondition",
    "activationCondition",
)  # fmt: skip
MOST_TEXT = 20_000  # characters of a file's different expressions, which cost the most to read
_TYPED = frozenset((*_HOLDERS, "timeDate", "timeDuration", "timeCycle"))


def check(drawing: Drawing) -> Iterator[Finding]:
    """Yield expressions that cannot be read, in another language, or empty."""
    language = drawing.root.get("expressionLanguage")
    if language is not None and not _known(language):
        yield Finding("expression.language", drawing.root, language)
    left, seen = MOST_TEXT, set[str]()
    for process in drawing.processes:
        for one in process.walk():
            if (found := _findings(one)) is None:
                continue
            text = one.text or one.get("value") or one.get("loopMaximum") or ""
            left -= len(text) if text not in seen else 0
            seen.add(text)
            if left < 0:
                yield Finding("file.size", one, f"expressions of over {MOST_TEXT} characters")
                return
            yield from found


def _findings(one: Element) -> Iterator[Finding] | None:
    """Return what will find the faults of an expression; None where there is none."""
    if one.space == "bpmn" and one.tag in _TYPED:
        return _expression(one)
    if one.space == "own" and one.tag in ("assign", "input"):
        return _assign(one)
    if one.tag == "standardLoopCharacteristics" and one.get("loopMaximum"):
        return _text(one, one.get("loopMaximum") or "")
    return None


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
        yield Finding("expression.syntax", element, f"{element.tag} without target")
    yield from _text(element, element.get("value") or "")


def _text(element: Element, text: str) -> Iterator[Finding]:
    try:
        compile_expression(text)
    except ExpressionError as error:
        yield Finding(error.rule, element, f"{text[:80]}: {error}")
