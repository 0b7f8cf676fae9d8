"""What an expression sees while it is evaluated: the variables, a value asked about, a budget."""

from collections.abc import Iterator, Mapping, Sequence

from domain.process.feel.values import Value

CALENDAR = "law's calendar"  # the variable, which no expression can name, that holds the calendar
MAX_STEPS = 100_000  # that loops may take in one evaluation, counted by what each turn touches
_LETTERS_PER_STEP = 32

Variables = Mapping[str, Value]
Steps = list[int]  # how many steps are left, in its one place; evaluations may share it


class SpentError(Exception):
    """The budget of steps is spent. Stays inside this package: the expression is null."""


class Frame:
    """The variables of one evaluation; `asked` is what `?` stands for in a cell of a table."""

    __slots__ = ("_steps", "asked", "variables")

    def __init__(
        self, variables: Variables, asked: Value = None, steps: Steps | None = None
    ) -> None:
        self.variables, self.asked = variables, asked
        self._steps = steps if steps is not None else [MAX_STEPS]

    def charge(self, steps: int) -> None:
        """Take steps off the budget.

        Raises:
            SpentError: there are not so many left.
        """
        self._steps[0] -= steps
        if self._steps[0] < 0:
            raise SpentError

    def read(self, name: str) -> Value:
        """Return a variable inside a loop, which costs as many steps as the value has parts."""
        value = self.variables.get(name)
        self.charge(_weight(value, self._steps[0]))
        return value

    def turns(self, name: str, items: Iterator[Value]) -> Iterator["Frame"]:
        """Yield a frame for each item, in which `name` is that item."""
        local = dict(self.variables)
        self.charge(len(local))
        inside = Frame(local, self.asked, self._steps)
        for item in items:
            self.charge(1)
            local[name] = item
            yield inside


def _weight(value: Value, most: int) -> int:
    """Return how many parts a value has; more than `most` are not counted."""
    if isinstance(value, str):
        return 1 + len(value) // _LETTERS_PER_STEP
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if not isinstance(value, Sequence):
        return 1
    total = 1
    for one in value:
        total += _weight(one, most - total)
        if total > most:
            break
    return total
