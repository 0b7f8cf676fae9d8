"""From the text of an expression to a function of the variables; faults are said at load."""

from dataclasses import dataclass, field
from functools import lru_cache

from lark.exceptions import LarkError, UnexpectedInput, UnexpectedToken

from domain.process.feel.building import Builder, Evaluate, Test
from domain.process.feel.errors import ExpressionError
from domain.process.feel.frame import Frame, SpentError, Steps, Variables
from domain.process.feel.grammar import MAX_LENGTH, Start, Token, Tree, parser
from domain.process.feel.values import Value


def is_feel(language: str) -> bool:
    """Whether the name of an expression language means FEEL, in whichever edition."""
    return language.lower().rstrip("/").endswith("feel")


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression; equal when the text is equal."""

    text: str
    names: frozenset[str] = field(compare=False)  # the variables it reads
    loops: bool = field(compare=False)  # it has loops, which may take their whole budget
    _run: Evaluate = field(compare=False, repr=False)

    def evaluate(self, variables: Variables, steps: Steps | None = None) -> Value:
        """Return the value; it never fails: what has no answer, or takes too long, is null.

        `steps` is a budget shared with other evaluations.
        """
        try:
            return self._run(Frame(variables, steps=steps))
        except SpentError:
            return None

    def holds(self, variables: Variables) -> bool:
        """Return whether the expression is true; null and anything else is not."""
        return self.evaluate(variables) is True


@dataclass(frozen=True, slots=True)
class Cell:
    """A compiled condition on one value, as the cells of a decision table say it."""

    text: str
    names: frozenset[str] = field(compare=False)  # the variables it reads besides the value
    cuts: tuple[Value, ...] | None = field(compare=False)
    # the constants it compares the value with; None when something else matters as well
    parts: int = field(compare=False)  # what it costs to ask it once, its loops left out
    loops: bool = field(compare=False)
    _run: Test = field(compare=False, repr=False)

    def holds(self, value: Value, variables: Variables, steps: Steps | None = None) -> bool:
        """Return whether the condition is true of `value`; null is not."""
        try:
            return self._run(value, Frame(variables, value, steps)) is True
        except SpentError:
            return False


@lru_cache(maxsize=1_024)  # a diagram's are wanted when it is checked and when it is put together
def compile_expression(text: str) -> Expression:
    """Return the compiled expression.

    Raises:
        ExpressionError: it does not parse, is too large, or calls what is not in the list.
    """
    builder = Builder()
    run = builder.compile(_tree(text, "expression"))
    return Expression(text, frozenset(builder.names), builder.loops, run)


def compile_cell(text: str) -> Cell:
    """Return the compiled condition: `-`, `> 5`, `[1..9]`, `"a", "b"`, `not(3)`, `odd(?)` …

    Raises:
        ExpressionError: as for an expression.
    """
    builder = Builder(asked=True)
    run = builder.cell(_tree(text, "cell"))
    cuts = None if builder.cuts is None else tuple(builder.cuts)
    return Cell(text, frozenset(builder.names), cuts, builder.parts, builder.loops, run)


def _tree(text: str, start: Start) -> Tree[Token]:
    if len(text) > MAX_LENGTH:
        raise ExpressionError.too_long(MAX_LENGTH)
    try:
        return parser().parse(text, start=start)
    except UnexpectedInput as error:
        at = error.pos_in_stream
        ended = isinstance(error, UnexpectedToken) and error.token.type == "$END"
        column = len(text) + 1 if ended or at is None else at + 1
        raise ExpressionError.unreadable(column) from error
    except LarkError as error:
        raise ExpressionError.unreadable(1) from error
