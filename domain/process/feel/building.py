"""Builds nested functions from the tree of an expression, one method per kind of branch."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from domain.process.feel import values
from domain.process.feel.dates import moment
from domain.process.feel.errors import ExpressionError
from domain.process.feel.frame import CALENDAR, Frame
from domain.process.feel.functions import FUNCTIONS, MAX_ITEMS
from domain.process.feel.grammar import MAX_DEPTH, MAX_NODES, Token, Tree
from domain.process.feel.values import Truth, Value

Evaluate = Callable[[Frame], Value]
Test = Callable[[Value, Frame], Truth]
Branch = Tree[Token]
_OPEN_ENDED = frozenset(("asked", "variable", "each", "some", "every"))
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


class Builder:
    """Builds one expression, or one cell of a table, where `?` stands for the value `asked`."""

    def __init__(self, *, asked: bool = False) -> None:
        self.names: set[str] = set()
        self.cuts: list[Value] | None = []
        self.loops = False
        self.parts = 0
        self._local: list[str] = []  # names bound by the loops around
        self._may_ask = asked
        self._depth = 0

    def compile(self, tree: Branch) -> Evaluate:
        """Return the function of an expression.

        Raises:
            ExpressionError: it is too large or calls what is not in the list.
        """
        self._depth += 1
        self.parts += 1
        if self._depth > MAX_DEPTH or self.parts > MAX_NODES:
            raise ExpressionError("嵌套过深或过长", "nested too deeply or too long")
        build: Callable[[Branch], Evaluate] = getattr(self, f"_{tree.data}")
        evaluate = build(tree)
        self._depth -= 1
        return evaluate

    def cell(self, tree: Branch) -> Test:
        """Return the function of a cell.

        Raises:
            ExpressionError: as for an expression.
        """
        if tree.data == "anything":
            return lambda _value, _frame: True
        tests = [self._test(_branch(tree, n)) for n, _ in enumerate(tree.children)]
        met = _one_of(tests)
        if tree.data == "none_of":
            return lambda value, frame: values.negation(met(value, frame))
        return met

    def _parts(self, tree: Branch) -> list[Evaluate]:
        return [self.compile(child) for child in tree.children if isinstance(child, Tree)]

    # ---- literals and names

    def _number(self, tree: Branch) -> Evaluate:
        return _constant(Decimal(str(tree.children[0])))

    def _text(self, tree: Branch) -> Evaluate:
        return _constant(_unquoted(tree.children[0]))

    def _moment(self, tree: Branch) -> Evaluate:
        text = _unquoted(tree.children[0])
        found = moment(text)
        if found is None:
            raise ExpressionError(
                f"@{text!r} 不是日期、时间或时长",
                f"@{text!r} is no date, time or duration",
                column=_column(tree.children[0]),
            )
        return _constant(found)

    def _true(self, _tree: Branch) -> Evaluate:
        return _constant(True)  # noqa: FBT003  – the value itself

    def _false(self, _tree: Branch) -> Evaluate:
        return _constant(False)  # noqa: FBT003  – the value itself

    def _null(self, _tree: Branch) -> Evaluate:
        return _constant(None)

    def _variable(self, tree: Branch) -> Evaluate:
        name = str(tree.children[0])
        if name not in self._local:
            self.names.add(name)
        if self._local:
            return lambda frame: values.inner(frame.read(name))
        return lambda frame: values.inner(frame.variables.get(name))

    def _asked(self, _tree: Branch) -> Evaluate:
        if not self._may_ask:
            raise ExpressionError("? 只能用于决策表的单元格", "`?` is for cells of decision tables")
        return lambda frame: values.inner(frame.asked)

    # ---- operators

    def _choice(self, tree: Branch) -> Evaluate:
        when, then, otherwise = self._parts(tree)
        return lambda frame: (then if when(frame) is True else otherwise)(frame)

    def _either(self, tree: Branch) -> Evaluate:
        left, right = self._parts(tree)
        return lambda frame: values.disjunction(left(frame), right(frame))

    def _both(self, tree: Branch) -> Evaluate:
        left, right = self._parts(tree)
        return lambda frame: values.conjunction(left(frame), right(frame))

    def _compare(self, tree: Branch) -> Evaluate:
        left, right = self._parts(tree)
        compare = values.COMPARISONS[str(tree.children[1])]
        return lambda frame: compare(left(frame), right(frame))

    def _between(self, tree: Branch) -> Evaluate:
        value, low, high = self._parts(tree)
        least, most = values.COMPARISONS[">="], values.COMPARISONS["<="]

        def between(frame: Frame) -> Truth:
            found = value(frame)
            return values.conjunction(least(found, low(frame)), most(found, high(frame)))

        return between

    def _arithmetic(self, tree: Branch) -> Evaluate:
        left, right = self._parts(tree)
        operator = str(tree.children[1])
        return lambda frame: values.calculate(operator, left(frame), right(frame))

    def _negative(self, tree: Branch) -> Evaluate:
        (value,) = self._parts(tree)
        return lambda frame: values.negative(value(frame))

    def _items(self, tree: Branch) -> Evaluate:
        parts = self._parts(tree)
        return lambda frame: [part(frame) for part in parts]

    def _context(self, tree: Branch) -> Evaluate:
        entries = [child for child in tree.children if isinstance(child, Tree)]
        keys = [_unquoted(entry.children[0]) for entry in entries]
        parts = [part for entry in entries for part in self._parts(entry)]
        return lambda frame: {key: part(frame) for key, part in zip(keys, parts, strict=True)}

    def _call(self, tree: Branch) -> Evaluate:
        name, column = " ".join(str(tree.children[0]).split()), _column(tree.children[0])
        function = FUNCTIONS.get(name)
        if function is None:
            raise ExpressionError.unknown_function(name, column)
        parts = self._parts(tree)
        if len(parts) < function.least or (
            function.most is not None and len(parts) > function.most
        ):
            raise ExpressionError(
                f"{name} 的参数个数不对", f"{name!r} takes other arguments", column=column
            )
        apply = function.apply
        if function.lawful:
            self.names.add(CALENDAR)
            parts.insert(0, lambda frame: frame.variables.get(CALENDAR))

        def call(frame: Frame) -> Value:
            try:
                return apply(*(part(frame) for part in parts))
            except (ArithmeticError, ValueError):  # beyond 34 digits' range or the year 9999
                return None

        return call

    # ---- `in`

    def _within(self, tree: Branch) -> Evaluate:
        value = self.compile(_branch(tree, 0))
        met = _one_of([self._test(_branch(tree, n)) for n in range(1, len(tree.children))])
        return lambda frame: met(value(frame), frame)

    def _test(self, tree: Branch) -> Test:
        parts = self._parts(tree) if tree.data in ("pointed", "range") else [self.compile(tree)]
        self._note_cuts(tree, parts)
        if tree.data == "pointed":
            compare = values.COMPARISONS[str(tree.children[0])]
            return lambda value, frame: compare(value, parts[0](frame))
        if tree.data == "range":
            least = values.COMPARISONS[">=" if str(tree.children[0]) == "[" else ">"]
            most = values.COMPARISONS["<=" if str(tree.children[-1]) == "]" else "<"]
            return lambda value, frame: values.conjunction(
                least(value, parts[0](frame)), most(value, parts[1](frame))
            )
        if self._may_ask and any(tree.find_data("asked")):
            return lambda _value, frame: values.truth(parts[0](frame))
        return lambda value, frame: _among(value, parts[0](frame))

    def _note_cuts(self, tree: Branch, parts: list[Evaluate]) -> None:
        """Remember with which constants a cell compares, or that it does something else."""
        if not self._may_ask or self.cuts is None:
            return
        open_ended = any(tree.find_pred(lambda one: one.data in _OPEN_ENDED))
        found = [] if open_ended else [part(Frame({})) for part in parts]
        flat = [item for one in found for item in (one if isinstance(one, list) else [one])]
        if open_ended or (None in flat and tree.data != "null"):
            self.cuts = None
        else:
            self.cuts += flat

    # ---- loops

    def _each(self, tree: Branch) -> Evaluate:
        turns, body = self._loop(tree)

        def each(frame: Frame) -> Value:
            found: list[Value] = []
            for turn in turns(frame):
                found.append(body(turn))
                if len(found) > MAX_ITEMS:
                    return None
            return found

        return _or_null(each)

    def _some(self, tree: Branch) -> Evaluate:
        turns, body = self._loop(tree)

        def some(frame: Frame) -> Truth:
            verdict: Truth = False
            for turn in turns(frame):
                verdict = values.disjunction(verdict, values.truth(body(turn)))
                if verdict is True:
                    break
            return verdict

        return _or_null(some)

    def _every(self, tree: Branch) -> Evaluate:
        turns, body = self._loop(tree)

        def every(frame: Frame) -> Truth:
            verdict: Truth = True
            for turn in turns(frame):
                verdict = values.conjunction(verdict, values.truth(body(turn)))
                if verdict is False:
                    break
            return verdict

        return _or_null(every)

    def _loop(self, tree: Branch) -> tuple[Callable[[Frame], Iterator[Frame]], Evaluate]:
        """Return the turns of nested loops, the last one innermost, and what each turn does."""
        self.loops = True
        bindings = [_branch(tree, n) for n in range(len(tree.children) - 1)]
        before, known = self.parts, len(self._local)
        levels: list[tuple[str, list[Evaluate]]] = []
        for binding in bindings:
            sources = self._parts(binding)
            name = str(binding.children[0])
            self._local.append(name)
            levels.append((name, sources))
        body = self.compile(_branch(tree, len(tree.children) - 1))
        del self._local[known:]
        cost = self.parts - before

        def turns(frame: Frame, depth: int = 0) -> Iterator[Frame]:
            name, sources = levels[depth]
            for turn in frame.turns(name, _items_of([source(frame) for source in sources])):
                if depth + 1 < len(levels):
                    yield from turns(turn, depth + 1)
                else:
                    turn.charge(cost)
                    yield turn

        return turns, body


class _NoListError(Exception):
    """A loop has nothing to go through: its value is null."""


def _or_null(loop: Evaluate) -> Evaluate:
    def evaluate(frame: Frame) -> Value:
        try:
            return loop(frame)
        except _NoListError:
            return None

    return evaluate


def _items_of(sources: list[Value]) -> Iterator[Value]:
    """Return what a loop goes through: a list, or the whole numbers between two.

    Raises:
        _NoListError: neither.
    """
    if len(sources) == 1:
        if not isinstance(sources[0], list | tuple):
            raise _NoListError
        return iter(sources[0])
    first, last = sources
    low, high = values.whole(first), values.whole(last)
    if low is None or high is None or (low, high) != (first, last):
        raise _NoListError
    numbers = range(low, high + 1) if low <= high else range(low, high - 1, -1)
    return map(Decimal, numbers)


def _one_of(tests: list[Test]) -> Test:
    def met(value: Value, frame: Frame) -> Truth:
        verdict: Truth = False
        for test in tests:
            verdict = values.disjunction(verdict, test(value, frame))
        return verdict

    return met


def _among(value: Value, found: Value) -> Truth:
    if isinstance(found, list | tuple) and not isinstance(value, list | tuple):
        return any(values.equal(value, one) is True for one in found)
    return values.equal(value, found)


def _branch(tree: Branch, index: int) -> Branch:
    child = tree.children[index]
    if not isinstance(child, Tree):
        raise ExpressionError.unreadable(_column(child))
    return child


def _column(token: Token | Branch) -> int:
    at = token.start_pos if isinstance(token, Token) else None
    return 0 if at is None else at + 1


def _constant(value: Value) -> Evaluate:
    return lambda _frame: value


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
