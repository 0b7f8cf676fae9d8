"""Makes random expressions, directed by the grammar and mostly by types.

Numbers are multiples of a quarter and are divided by powers of two alone, so that binary fractions
say them exactly: feelin counts in those, we in decimals.
"""

from collections.abc import Callable, Sequence
from random import Random

VARIABLES = {
    "n": 4, "m": -2.5, "text": "abc", "word": "b", "yes": True, "no": False, "none": None,
    "list": [1, 2, 3], "texts": ["a", "b", "abc"], "mixed": [1, None, "a"], "办理结果": "通过",
    "context": {"a": 1, "b": "x"},
}  # fmt: skip
DEEPEST = 4
WILD = 0.06  # how often an operand is of any type


def makes(maker: "Maker", count: int, longest: int) -> tuple[str, ...]:
    """Return the next expressions that are not too long."""
    made: list[str] = []
    while len(made) < count:
        if len(text := maker.make()) <= longest:
            made.append(text)
    return tuple(made)


class Maker:
    """Makes one expression after the other from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311  – tests, not secrets
        self._depth = self._sure = 0
        self._local: list[str] = []  # loop variables, all numbers

    def cell(self) -> tuple[str, float]:
        """Return the next condition on a number, and the number.

        Only numbers stand in `not`: feelin takes a test that is null for one that is not met.
        """
        tests = ", ".join(self._surely(self._test) for _ in range(self._random.randint(1, 3)))
        asked = f"? {self._pick(['<', '<=', '>', '>=', '='])} {self._surely(self._number)}"
        shapes = (tests, tests, tests, f"not({self._plain_tests()})", asked, "-")
        return self._random.choice(shapes), self._random.randint(-40, 40) / 4

    def _plain_tests(self) -> str:
        pointed = f"{self._pick(['<', '<=', '>', '>='])} {self._plain_number()}"
        return ", ".join(
            [self._range(), self._plain_number(), pointed][: self._random.randint(1, 3)]
        )

    def make(self) -> str:
        """Return the next expression."""
        return self._any()

    def _of(self, *makers: Callable[[], str]) -> str:
        """Return what one of the makers makes; deep down, what the first one does."""
        self._depth += 1
        chosen = self._random.choice(makers) if self._depth < DEEPEST else makers[0]
        wild = self._random.random() < WILD
        if wild and not self._sure and self._depth < DEEPEST:
            chosen = self._any
        made = chosen()
        self._depth -= 1
        return made

    def _surely(self, make: Callable[[], str]) -> str:
        """Return what a maker makes with every operand of its type: `DIFFERENCES` says why."""
        self._sure += 1
        made = make()
        self._sure -= 1
        return made

    def _pick(self, choices: Sequence[str]) -> str:
        return self._random.choice(choices)

    def _call(self, *names: str, arguments: Sequence[Callable[[], str]]) -> str:
        return f"{self._pick(names)}({', '.join(make() for make in arguments)})"

    def _any(self) -> str:
        makers = (
            self._truth, self._number, self._text, self._list, self._date, self._span,
            self._context,
        )  # fmt: skip
        return self._random.choices(makers, (6, 5, 3, 3, 1, 1, 1))[0]()

    # ---- numbers

    def _number(self) -> str:
        return self._of(
            self._plain_number, self._sum, self._sum, self._sum, self._chosen_number,
            self._counted, self._rounded, self._aggregate, self._quotient,
        )  # fmt: skip

    def _plain_number(self) -> str:
        quarters = self._random.randint(-40, 40)
        known = ["n", "m", str(quarters / 4), str(quarters), *self._local]
        return self._pick(known)

    def _sum(self) -> str:
        if self._random.random() < 0.3:
            return f"({self._surely(self._number)} * {self._surely(self._number)})"
        return f"({self._number()} {self._pick('+-')} {self._number()})"

    def _quotient(self) -> str:
        return f"({self._surely(self._number)} / {self._pick(['2', '4', '0.5', '-8', '0'])})"

    def _chosen_number(self) -> str:
        return f"(if {self._surely(self._truth)} then {self._number()} else {self._number()})"

    def _counted(self) -> str:
        if self._random.random() < 0.5:
            return self._call("string length", arguments=(self._text,))
        return self._call("count", arguments=(self._list,))

    def _rounded(self) -> str:
        if self._random.random() < 0.3:
            return self._call("modulo", arguments=(self._number, self._plain_number))
        return self._call("floor", "ceiling", "abs", arguments=(self._number,))

    def _aggregate(self) -> str:
        name = self._pick(["sum", "min", "max", "mean"])
        return f"{name}({self._surely(self._numbers)})"

    # ---- truths

    def _truth(self) -> str:
        return self._of(
            self._plain_truth, self._joined, self._joined, self._compared, self._compared,
            self._within, self._between, self._not, self._asked_text, self._quantified,
            self._asked_list,
        )  # fmt: skip

    def _plain_truth(self) -> str:
        return self._pick(["true", "false", "yes", "no", "null", "none"])

    def _joined(self) -> str:
        return f"({self._truth()} {self._pick(['and', 'or'])} {self._truth()})"

    def _compared(self) -> str:
        if self._random.random() < 0.2:
            sign = self._pick(["=", "!="])
            left = self._random.choice((self._number, self._text, self._truth, self._date))
            right = self._random.choice((self._number, self._text, self._truth, self._date))
        else:
            sign = self._pick(["=", "!=", "<", "<=", ">", ">="])
            makers = (self._number, self._number, self._text, self._date, self._plain_span)
            left = right = self._random.choice(makers)
        return f"({self._surely(left)} {sign} {self._surely(right)})"

    def _between(self) -> str:
        low, high = self._ends()
        return f"({self._surely(self._number)} between {low} and {high})"

    def _ends(self) -> tuple[str, str]:
        """Return the ends of a range, the smaller first."""
        low = self._random.randint(-40, 40)
        return str(low / 4), str((low + self._random.randint(0, 40)) / 4)

    def _within(self) -> str:
        value = self._surely(self._number)
        if self._random.random() < 0.4:
            among = self._random.choice((self._range, self._numbers))
            return f"({value} in {self._surely(among)})"
        tests = [self._surely(self._test) for _ in range(self._random.randint(2, 3))]
        return f"({value} in ({', '.join(tests)}))"

    def _test(self) -> str:
        return self._of(self._number, self._range, self._pointed)

    def _pointed(self) -> str:
        return f"{self._pick(['<', '<=', '>', '>='])} {self._number()}"

    def _range(self) -> str:
        low, high = self._ends()
        return f"{self._pick('[(]')}{low}..{high}{self._pick('])[')}"

    def _not(self) -> str:
        return self._call("not", arguments=(self._truth,))

    def _asked_text(self) -> str:
        return self._call(
            "contains", "starts with", "ends with", arguments=(self._text, self._text)
        )

    def _asked_list(self) -> str:
        if self._random.random() < 0.4:
            wanted = self._surely(self._random.choice((self._number, self._text, self._truth)))
            return f"list contains({self._list()}, {wanted})"
        truths = f"[{', '.join(self._truth() for _ in range(self._random.randint(0, 3)))}]"
        return f"{self._pick(['all', 'any'])}({truths})"

    def _quantified(self) -> str:
        return self._loop(self._pick(["some", "every"]), "satisfies", self._certain)

    def _certain(self) -> str:
        return f"({self._surely(self._truth)} = true)"

    # ---- texts, lists, contexts

    def _text(self) -> str:
        return self._of(
            self._plain_text, self._plain_text, self._concatenation, self._cased, self._part,
            self._around, self._said, self._weekday, self._chosen_text,
        )  # fmt: skip

    def _plain_text(self) -> str:
        return self._pick(["text", "word", '"a"', '"bc"', '""', '"申请"', "办理结果", '"x\\"y"'])

    def _concatenation(self) -> str:
        return f"({self._text()} + {self._text()})"

    def _chosen_text(self) -> str:
        return f"(if {self._surely(self._truth)} then {self._text()} else {self._text()})"

    def _cased(self) -> str:
        return self._call("upper case", "lower case", arguments=(self._text,))

    def _part(self) -> str:
        start = str(self._random.choice((-1, 1, 2, 3)))
        length = f", {self._random.randint(1, 3)}" if self._random.random() < 0.5 else ""
        return f"substring({self._text()}, {start}{length})"

    def _around(self) -> str:
        return self._call("substring before", "substring after", arguments=(self._text, self._text))

    def _said(self) -> str:
        makers = (self._number, self._text, self._truth, self._date, self._span)
        return f"string({self._surely(self._random.choice(makers))})"

    def _weekday(self) -> str:
        return self._call("day of week", arguments=(self._date,))

    def _list(self) -> str:
        return self._of(
            self._plain_list, self._numbers, self._numbers, self._mapped, self._changed,
            self._indexed,
        )  # fmt: skip

    def _plain_list(self) -> str:
        return self._pick(["list", "texts", "mixed", "[]", '["a", 1]', "[null]"])

    def _numbers(self) -> str:
        if self._random.random() < 0.3:
            return "list"
        return f"[{', '.join(self._number() for _ in range(self._random.randint(1, 3)))}]"

    def _mapped(self) -> str:
        return self._loop("for", "return", self._number)

    def _loop(self, word: str, then: str, body: Callable[[], str]) -> str:
        name = f"x{len(self._local)}"
        ranged = word == "for" and self._random.random() < 0.3
        source = f"{self._random.randint(-2, 2)}..3" if ranged else self._numbers()
        self._local.append(name)
        inside = body()
        self._local.pop()
        return f"({word} {name} in {source} {then} {inside})"

    def _changed(self) -> str:
        match self._random.randint(0, 4):
            case 0:
                return self._call("reverse", "distinct values", arguments=(self._list,))
            case 1:
                return self._call("append", arguments=(self._list, self._number))
            case 2:
                start = str(self._random.choice((-2, -1, 1, 2)))
                return f"sublist({self._list()}, {start})"
            case _:
                return f"concatenate({self._full_list()}, {self._full_list()})"

    def _full_list(self) -> str:
        """Return a list that is never null."""
        return self._random.choice((self._plain_list, self._numbers))()

    def _indexed(self) -> str:
        wanted = self._surely(self._random.choice((self._number, self._text, self._truth)))
        return f"index of({self._list()}, {wanted})"

    def _context(self) -> str:
        if self._random.random() < 0.4:
            return f"get value({self._pick(['context', '{a: n}'])}, {self._pick(['text'])})"
        return f"{{a: {self._number()}, b: {self._text()}}}"

    # ---- dates and durations

    def _date(self) -> str:
        return self._of(self._plain_date, self._plain_date, self._moved, self._built)

    def _plain_date(self) -> str:
        month, day = self._random.randint(1, 12), self._random.randint(1, 28)
        year = self._pick(["2023", "2024", "2025"])
        return f'date("{year}-{month:02}-{day:02}")'

    def _built(self) -> str:
        return f"date(2024, {self._random.randint(1, 13)}, {self._random.randint(1, 30)})"

    def _moved(self) -> str:
        return f"({self._date()} {self._pick('+-')} {self._span()})"

    def _span(self) -> str:
        return self._of(self._plain_span, self._difference, self._plain_months)

    def _plain_span(self) -> str:
        return f'duration("P{self._random.randint(1, 40)}D")'

    def _plain_months(self) -> str:
        return f'duration("P{self._random.randint(1, 30)}M")'

    def _difference(self) -> str:
        return f"({self._plain_date()} - {self._plain_date()})"
