"""From the text of an expression to a function of the variables; faults are said at load."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from lark.exceptions import LarkError

from domain.process.feel import values
from domain.process.feel.functions import FUNCTIONS, moment
from domain.process.feel.grammar import MAX_DEPTH, MAX_LENGTH, MAX_NODES, Token, Tree, parser
from domain.process.feel.values import Truth, Value

Variables = Mapping[str, Value]
Evaluate = Callable[[Variables], Value]
Branch = Tree[Token]
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


def is_feel(language: str) -> bool:
    """Whether the name of an expression language means FEEL, in whichever edition."""
    return language.lower().rstrip("/").endswith("feel")


class ExpressionError(ValueError):
    """An expression that may not be loaded: rule `expression.syntax` or `expression.function`."""

    def __init__(
        self, rule: Literal["expression.syntax", "expression.function"], message: str
    ) -> None:
        super().__init__(message)
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression; equal when the text is equal."""

    text: str
    names: frozenset[str] = field(compare=False)  # the variables it reads
    evaluate: Evaluate = field(compare=False, repr=False)  # never fails: null instead

    def holds(self, variables: Variables) -> bool:
        """Return whether the expression is true; null and anything else is not."""
        return self.evaluate(variables) is True


def compile_expression(text: str) -> Expression:
    """Return the compiled expression.

    Raises:
        ExpressionError: it does not parse, is too large, or calls what is not in the list.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError("expression.syntax", f"longer than {MAX_LENGTH} characters")
    try:
        tree = parser().parse(text)
    except LarkError as error:
        where = getattr(error, "column", -1)
        place = f"at character {where}" if where > 0 else "at its end"
        raise ExpressionError("expression.syntax", f"cannot be read {place}") from error
    compiler = _Compiler()
    evaluate = compiler.compile(tree)
    return Expression(text, frozenset(compiler.names), evaluate)


class _Compiler:
    """Turns a tree into nested functions, one method per kind of branch."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self._depth = self._nodes = 0

    def compile(self, tree: Branch) -> Evaluate:
        self._depth += 1
        self._nodes += 1
        if self._depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise ExpressionError("expression.syntax", "nested too deeply or too long")
        build: Callable[[Branch], Evaluate] = getattr(self, f"_{tree.data}")
        evaluate = build(tree)
        self._depth -= 1
        return evaluate

    def _parts(self, tree: Branch) -> list[Evaluate]:
        return [self.compile(child) for child in tree.children if isinstance(child, Tree)]

    def _number(self, tree: Branch) -> Evaluate:
        return _constant(Decimal(str(tree.children[0])))

    def _text(self, tree: Branch) -> Evaluate:
        return _constant(_unquoted(tree.children[0]))

    def _moment(self, tree: Branch) -> Evaluate:
        text = _unquoted(tree.children[0])
        found = moment(text)
        if found is None:
            raise ExpressionError("expression.syntax", f"@{text!r} is no date, time or duration")
        return _constant(found)

    def _true(self, _tree: Branch) -> Evaluate:
        return _constant(True)  # noqa: FBT003  – the value itself

    def _false(self, _tree: Branch) -> Evaluate:
        return _constant(False)  # noqa: FBT003  – the value itself

    def _null(self, _tree: Branch) -> Evaluate:
        return _constant(None)

    def _variable(self, tree: Branch) -> Evaluate:
        name = str(tree.children[0])
        self.names.add(name)
        return lambda variables: values.inner(variables.get(name))

    def _choice(self, tree: Branch) -> Evaluate:
        when, then, otherwise = self._parts(tree)
        return lambda variables: (then if when(variables) is True else otherwise)(variables)

    def _either(self, tree: Branch) -> Evaluate:
        left, right = self._parts(tree)
        return lambda variables: values.disjunction(left(variables), right(variables))

    def _both(self, tree: Branch) -> Evaluate:
        left, right = self._parts(tree)
        return lambda variables: values.conjunction(left(variables), right(variables))

    def _compare(self, tree: Branch) -> Evaluate:
        left, right = self._parts(tree)
        compare = values.COMPARISONS[str(tree.children[1])]
        return lambda variables: compare(left(variables), right(variables))

    def _between(self, tree: Branch) -> Evaluate:
        value, low, high = self._parts(tree)
        least, most = values.COMPARISONS[">="], values.COMPARISONS["<="]

        def between(variables: Variables) -> Truth:
            found = value(variables)
            return values.conjunction(least(found, low(variables)), most(found, high(variables)))

        return between

    def _arithmetic(self, tree: Branch) -> Evaluate:
        left, right = self._parts(tree)
        operator = str(tree.children[1])
        return lambda variables: values.calculate(operator, left(variables), right(variables))

    def _negative(self, tree: Branch) -> Evaluate:
        (value,) = self._parts(tree)
        return lambda variables: values.negative(value(variables))

    def _items(self, tree: Branch) -> Evaluate:
        parts = self._parts(tree)
        return lambda variables: [part(variables) for part in parts]

    def _context(self, tree: Branch) -> Evaluate:
        entries = [child for child in tree.children if isinstance(child, Tree)]
        keys = [_unquoted(entry.children[0]) for entry in entries]
        parts = [part for entry in entries for part in self._parts(entry)]
        return lambda variables: {
            key: part(variables) for key, part in zip(keys, parts, strict=True)
        }

    def _call(self, tree: Branch) -> Evaluate:
        name = " ".join(str(tree.children[0]).split())
        function = FUNCTIONS.get(name)
        if function is None:
            raise ExpressionError("expression.function", f"there is no function {name!r}")
        parts = self._parts(tree)
        if len(parts) < function.least or (
            function.most is not None and len(parts) > function.most
        ):
            raise ExpressionError("expression.syntax", f"{name!r} takes other arguments")
        apply = function.apply

        def call(variables: Variables) -> Value:
            try:
                return apply(*(part(variables) for part in parts))
            except (ArithmeticError, ValueError):  # beyond 34 digits' range or the year 9999
                return None

        return call

    def _within(self, tree: Branch) -> Evaluate:
        value = self.compile(_branch(tree, 0))
        tests = [self._test(_branch(tree, n)) for n in range(1, len(tree.children))]

        def within(variables: Variables) -> Truth:
            found = value(variables)
            verdict: Truth = False
            for test in tests:
                verdict = values.disjunction(verdict, test(found, variables))
            return verdict

        return within

    def _test(self, tree: Branch) -> Callable[[Value, Variables], Truth]:
        parts = self._parts(tree) if tree.data in ("pointed", "range") else [self.compile(tree)]
        if tree.data == "pointed":
            compare = values.COMPARISONS[str(tree.children[0])]
            return lambda value, variables: compare(value, parts[0](variables))
        if tree.data == "range":
            least = values.COMPARISONS[">=" if str(tree.children[0]) == "[" else ">"]
            most = values.COMPARISONS["<=" if str(tree.children[-1]) == "]" else "<"]
            return lambda value, variables: values.conjunction(
                least(value, parts[0](variables)), most(value, parts[1](variables))
            )
        return lambda value, variables: _among(value, parts[0](variables))


def _among(value: Value, found: Value) -> Truth:
    if isinstance(found, list | tuple) and not isinstance(value, list | tuple):
        return any(values.equal(value, one) is True for one in found)
    return values.equal(value, found)


def _branch(tree: Branch, index: int) -> Branch:
    child = tree.children[index]
    if not isinstance(child, Tree):
        raise ExpressionError("expression.syntax", "cannot be read")
    return child


def _constant(value: Value) -> Evaluate:
    return lambda _variables: value


def _unquoted(token: Token | Branch) -> str:
    text = str(token)
    if not text.startswith('"'):
        return text
    pieces, escaped = [], False
    for letter in text[1:-1]:
        if escaped:
            pieces.append(_ESCAPES.get(letter, letter))
        elif letter != "\\":
            pieces.append(letter)
        escaped = letter == "\\" and not escaped
    return "".join(pieces)
